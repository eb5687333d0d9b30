import type {
  Alert,
  AlertListQuery,
  AlertPage,
  AlertRule,
  AlertRuleCreate,
  AlertRuleUpdate,
} from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { nextPage, startOf } from './events.ts';
import { readAll, type PageStart } from './pages.ts';

export type AlertFilterArgs = Pick<AlertListQuery, 'state'> & {
  severity?: string[];
  targetId?: string[];
};

const PAGE_SIZE = 100;
const LIST = { type: 'Alert', id: 'LIST' } as const;
const RULES = { type: 'AlertRule', id: 'LIST' } as const;

export const alertsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listAlerts: build.infiniteQuery<AlertPage, AlertFilterArgs, PageStart>({
      query: ({ queryArg, pageParam }) => ({
        path: '/v1/alerts',
        query: { ...queryArg, limit: PAGE_SIZE, ...startOf(pageParam, 'before') },
      }),
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: nextPage },
      providesTags: [LIST],
    }),
    getAlert: build.query<Alert, string>({
      query: (id) => ({ path: `/v1/alerts/${encodeURIComponent(id)}` }),
      providesTags: [LIST],
    }),
    /** The newest alerts whose condition has not ended. */
    openAlerts: build.query<Alert[], undefined>({
      query: () => ({ path: '/v1/alerts', query: { state: 'open', limit: PAGE_SIZE } }),
      transformResponse: (answer: AlertPage) => answer.data,
      providesTags: [LIST],
    }),
    acknowledgeAlert: build.mutation<Alert, string>({
      query: (id) => ({ path: `/v1/alerts/${id}/acknowledge`, method: 'POST' }),
      invalidatesTags: [LIST],
    }),
    listAlertRules: build.query<AlertRule[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) =>
        readAll<AlertRule>('/v1/alert-rules', fetchPage),
      providesTags: [RULES],
    }),
    getAlertRule: build.query<WithEtag<AlertRule>, string>({
      query: (id) => ({ path: `/v1/alert-rules/${id}` }),
      transformResponse: (answer: AlertRule, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, id) => [{ type: 'AlertRule', id }],
    }),
    createAlertRule: build.mutation<AlertRule, AlertRuleCreate>({
      query: (body) => ({ path: '/v1/alert-rules', method: 'POST', body }),
      invalidatesTags: [RULES],
    }),
    updateAlertRule: build.mutation<
      WithEtag<AlertRule>,
      { id: string; etag: string | null; change: AlertRuleUpdate }
    >({
      query: ({ id, etag, change }) => ({
        path: `/v1/alert-rules/${id}`,
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      transformResponse: (answer: AlertRule, meta) => withEtag(answer, meta),
      invalidatesTags: (_result, _error, { id }) => [RULES, { type: 'AlertRule', id }],
    }),
    deleteAlertRule: build.mutation<null, { id: string; etag: string | null }>({
      query: ({ id, etag }) => ({
        path: `/v1/alert-rules/${id}`,
        method: 'DELETE',
        ifMatch: etag ?? undefined,
      }),
      invalidatesTags: [RULES, LIST],
    }),
  }),
});

export const {
  useListAlertsInfiniteQuery,
  useGetAlertQuery,
  useOpenAlertsQuery,
  useAcknowledgeAlertMutation,
  useListAlertRulesQuery,
  useGetAlertRuleQuery,
  useCreateAlertRuleMutation,
  useUpdateAlertRuleMutation,
  useDeleteAlertRuleMutation,
} = alertsApi;
