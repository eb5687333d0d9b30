import type {
  Backtest,
  BacktestResult,
  PatternTest,
  PatternTestResult,
  Subscription,
  SubscriptionCreate,
  SubscriptionUpdate,
  TransformTest,
  TransformTestResult,
} from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { readAll } from './pages.ts';

export const subscriptionsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listSubscriptions: build.query<Subscription[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) =>
        readAll<Subscription>('/v1/subscriptions', fetchPage),
      providesTags: [{ type: 'Subscription', id: 'LIST' }],
    }),
    getSubscription: build.query<WithEtag<Subscription>, string>({
      query: (id) => ({ path: `/v1/subscriptions/${id}` }),
      transformResponse: (answer: Subscription, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, id) => [{ type: 'Subscription', id }],
    }),
    createSubscription: build.mutation<Subscription, SubscriptionCreate>({
      query: (body) => ({ path: '/v1/subscriptions', method: 'POST', body }),
      invalidatesTags: [{ type: 'Subscription', id: 'LIST' }],
    }),
    updateSubscription: build.mutation<
      WithEtag<Subscription>,
      { id: string; etag: string | null; change: SubscriptionUpdate }
    >({
      query: ({ id, etag, change }) => ({
        path: `/v1/subscriptions/${id}`,
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      transformResponse: (answer: Subscription, meta) => withEtag(answer, meta),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'Subscription', id },
        { type: 'Subscription', id: 'LIST' },
      ],
    }),
    deleteSubscription: build.mutation<null, { id: string; etag: string | null }>({
      query: ({ id, etag }) => ({
        path: `/v1/subscriptions/${id}`,
        method: 'DELETE',
        ifMatch: etag ?? undefined,
      }),
      // Only the list: reading again what is gone would answer 404 while its screen is still open.
      invalidatesTags: [{ type: 'Subscription', id: 'LIST' }],
    }),
    testPattern: build.query<PatternTestResult, PatternTest>({
      query: (body) => ({ path: '/v1/patterns/test', method: 'POST', body }),
      keepUnusedDataFor: 10,
    }),
    backtest: build.mutation<BacktestResult, Backtest>({
      query: (body) => ({ path: '/v1/subscriptions/backtest', method: 'POST', body }),
    }),
    testTransform: build.query<TransformTestResult, TransformTest>({
      query: (body) => ({ path: '/v1/transforms/test', method: 'POST', body }),
      keepUnusedDataFor: 10,
    }),
  }),
});
export const {
  useListSubscriptionsQuery,
  useGetSubscriptionQuery,
  useCreateSubscriptionMutation,
  useUpdateSubscriptionMutation,
  useDeleteSubscriptionMutation,
  useTestPatternQuery,
  useTestTransformQuery,
  useBacktestMutation,
} = subscriptionsApi;
