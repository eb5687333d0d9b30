import type { Attempt, AttemptList, Delivery, DeliveryPage, Event } from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';
import type { DeliveryFilterArgs } from './filter-types.ts';
import { LIVE_LIST, startOf } from './events.ts';
import type { PageStart } from './pages.ts';

const PAGE_SIZE = 100;

export const deliveriesApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listDeliveries: build.infiniteQuery<DeliveryPage, DeliveryFilterArgs, PageStart>({
      query: ({ queryArg, pageParam }) => ({
        path: '/v1/deliveries',
        query: { ...queryArg, limit: PAGE_SIZE, ...startOf(pageParam, 'createdBefore') },
      }),
      infiniteQueryOptions: LIVE_LIST,
      providesTags: [{ type: 'Delivery', id: 'LIST' }],
    }),
    listDeadLetters: build.infiniteQuery<
      DeliveryPage,
      Omit<DeliveryFilterArgs, 'state'>,
      PageStart
    >({
      query: ({ queryArg, pageParam }) => ({
        path: '/v1/dead-letters',
        query: { ...queryArg, limit: PAGE_SIZE, ...startOf(pageParam, 'createdBefore') },
      }),
      infiniteQueryOptions: LIVE_LIST,
      providesTags: [{ type: 'Delivery', id: 'LIST' }],
    }),
    getDelivery: build.query<Delivery, string>({
      query: (id) => ({ path: `/v1/deliveries/${id}` }),
      providesTags: (delivery, _error, id) =>
        [id, delivery?.waitsFor ?? id].map((one) => ({ type: 'Delivery', id: one })),
    }),
    /** The newest event that a subscription made a delivery of, with its payload; null where there is none. */
    newestEventOf: build.query<Event | null, string>({
      queryFn: async (subscriptionId, _api, _options, ask) => {
        const found = await ask({ path: '/v1/deliveries', query: { subscriptionId, limit: 1 } });
        if (found.error !== undefined) return { error: found.error };
        const [newest] = (found.data as DeliveryPage).data;
        if (newest === undefined) return { data: null };
        const read = await ask({ path: `/v1/events/${newest.eventId}` });
        return read.error === undefined ? { data: read.data as Event } : { error: read.error };
      },
      keepUnusedDataFor: 0,
    }),
    listAttempts: build.query<Attempt[], string>({
      query: (deliveryId) => ({ path: `/v1/deliveries/${deliveryId}/attempts` }),
      transformResponse: (answer: AttemptList) =>
        [...answer.data].sort((left, right) => right.number - left.number),
      providesTags: (_result, _error, deliveryId) => [{ type: 'Attempt', id: deliveryId }],
    }),
  }),
});

export const {
  useGetDeliveryQuery,
  useListDeliveriesInfiniteQuery,
  useListDeadLettersInfiniteQuery,
  useListAttemptsQuery,
  useNewestEventOfQuery,
} = deliveriesApi;
