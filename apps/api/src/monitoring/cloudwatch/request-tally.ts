import { BUCKET_COUNT, bucketOf, percentileMs } from '../../domain/histogram.ts';

/** What the requests of this process came to since the last look. */
export interface RequestFigures {
  serverErrors: number;
  /** Of calls that sent events; null: there was none. */
  acceptLatencyP99Ms: number | null;
}

export interface RequestTally {
  observe: (request: { method: string; route: string; status: number; durationMs: number }) => void;
  /** The figures since the last call; counting begins anew. */
  take(): RequestFigures;
}

const ACCEPT_ROUTE = '/v1/events';

export function createRequestTally(): RequestTally {
  let serverErrors = 0;
  let accepts = new Array<number>(BUCKET_COUNT).fill(0);
  return {
    observe({ method, route, status, durationMs }) {
      if (status >= 500) serverErrors += 1;
      if (method !== 'POST' || route !== ACCEPT_ROUTE) return;
      const bucket = bucketOf(durationMs);
      accepts[bucket] = (accepts[bucket] ?? 0) + 1;
    },
    take() {
      const figures = { serverErrors, acceptLatencyP99Ms: percentileMs(accepts, 0.99) };
      serverErrors = 0;
      accepts = new Array<number>(BUCKET_COUNT).fill(0);
      return figures;
    },
  };
}
