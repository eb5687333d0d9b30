import type { Problem } from '@signalbox/api/contract';

/** A failed request, ready to be shown: what the server said and the id to find it in the logs. */
export interface ApiProblem {
  /** HTTP status; 0 when no answer came. */
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string | null;
  faults: { pointer: string; code: string; detail: string }[];
  retryAfterSeconds: number | null;
}

/** Reads a failed answer; anything that is no problem document is described by its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const header = response.headers.get('x-request-id');
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return {
    status: response.status,
    code: body?.code ?? 'unknown',
    title: body?.title ?? (response.statusText || 'Request failed'),
    detail: body?.detail ?? `The gateway answered ${response.status} without saying why.`,
    requestId: header ?? body?.instance ?? null,
    faults: body?.errors ?? [],
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  };
}

/** The problem of a request that got no answer at all. */
export function unreachable(): ApiProblem {
  return {
    status: 0,
    code: 'unreachable',
    title: 'No answer',
    detail: 'The gateway did not answer. Check that it runs and that the network is up.',
    requestId: null,
    faults: [],
    retryAfterSeconds: null,
  };
}

/** Narrows what RTK Query hands out as an error. */
export function asProblem(error: unknown): ApiProblem {
  if (typeof error === 'object' && error !== null && 'detail' in error && 'code' in error) {
    return error as ApiProblem;
  }
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  const detail = typeof message === 'string' ? message : 'Something in the dashboard failed.';
  return { ...unreachable(), code: 'client', title: 'Failed', detail };
}

/** The same, or null while nothing failed. */
export function problemOf(error: unknown): ApiProblem | null {
  return error === undefined || error === null ? null : asProblem(error);
}
