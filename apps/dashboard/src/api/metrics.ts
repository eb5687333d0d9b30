import type {
  ConservationReport,
  Flow,
  Summary,
  Timeseries,
  TimeseriesQuery,
} from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';
import type { StreamStats } from './stream-messages.ts';

export const metricsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    getSummary: build.query<Summary, number>({
      query: (windowSeconds) => ({ path: '/v1/metrics/summary', query: { windowSeconds } }),
      providesTags: ['Metrics'],
    }),
    getTimeseries: build.query<Timeseries, TimeseriesQuery & { windowSeconds: number }>({
      query: ({ windowSeconds, ...query }) => {
        const to = new Date();
        const from = new Date(to.getTime() - windowSeconds * 1000);
        return {
          path: '/v1/metrics/timeseries',
          query: {
            ...(query as Record<string, string>),
            from: from.toISOString(),
            to: to.toISOString(),
          },
        };
      },
      providesTags: ['Metrics'],
    }),
    getFlow: build.query<Flow, number>({
      query: (windowSeconds) => ({ path: '/v1/metrics/flow', query: { windowSeconds } }),
      providesTags: ['Metrics'],
    }),
    getConservation: build.query<ConservationReport, undefined>({
      query: () => ({ path: '/v1/metrics/conservation' }),
      providesTags: ['Metrics'],
    }),
    /** The last two minutes of once-a-second figures; filled by the stream alone. */
    liveStats: build.query<StreamStats[], undefined>({
      queryFn: () => ({ data: [] }),
    }),
  }),
});
export const {
  useGetSummaryQuery,
  useGetTimeseriesQuery,
  useGetFlowQuery,
  useGetConservationQuery,
  useLiveStatsQuery,
} = metricsApi;
