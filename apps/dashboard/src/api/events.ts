import type { Delivery, Event, EventPage, Explanation } from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';
import type { PageStart } from './pages.ts';
import type { EventFilterArgs } from './filter-types.ts';

const PAGE_SIZE = 100;

/** Read again, a list begins anew with its first page: one that is held keeps the others all the same. */
export const LIVE_LIST = {
  initialPageParam: null,
  getNextPageParam: nextPage,
  refetchCachedPages: false,
};

export const eventsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listEvents: build.infiniteQuery<EventPage, EventFilterArgs, PageStart>({
      query: ({ queryArg, pageParam }) => ({
        path: '/v1/events',
        query: { ...queryArg, limit: PAGE_SIZE, ...startOf(pageParam, 'receivedBefore') },
      }),
      infiniteQueryOptions: LIVE_LIST,
      providesTags: (_result, _error, filters) => [
        // A list with free text cannot be patched from the stream: only the server can search.
        { type: 'Event', id: filters.q ? 'SEARCH' : 'LIST' },
      ],
    }),
    /** The newest events that fit, with their payloads, to try things on. */
    sampleEvents: build.query<Event[], EventFilterArgs & { limit: number }>({
      query: (query) => ({ path: '/v1/events', query: { ...query, include: 'data' } }),
      transformResponse: (answer: EventPage) => answer.data,
      keepUnusedDataFor: 5,
    }),
    getEvent: build.query<Event, string>({
      query: (id) => ({ path: `/v1/events/${id}` }),
      providesTags: (_result, _error, id) => [{ type: 'Event', id }],
    }),
    listEventDeliveries: build.query<Delivery[], string>({
      query: (id) => ({ path: `/v1/events/${id}/deliveries`, query: { limit: 200 } }),
      transformResponse: (answer: { data: Delivery[] }) => answer.data,
      providesTags: [{ type: 'Delivery', id: 'LIST' }],
    }),
    explainEvent: build.query<Explanation, string>({
      query: (id) => ({ path: `/v1/events/${id}/explain` }),
      providesTags: [{ type: 'Subscription', id: 'LIST' }],
    }),
  }),
});

/** Marks a cursor as ours: the list was shortened here, go on from that time. */
export const BEFORE = 'before:';

export function nextPage(
  { nextCursor }: { nextCursor: string | null },
  _pages: unknown,
  start: PageStart,
): PageStart | undefined {
  if (nextCursor === null) return undefined;
  return nextCursor.startsWith(BEFORE)
    ? { before: nextCursor.slice(BEFORE.length) }
    : { ...start, cursor: nextCursor };
}

export function startOf(start: PageStart, timeParameter: string): Record<string, string> {
  const { cursor, before } = start ?? {};
  return {
    ...(before !== undefined && { [timeParameter]: before }),
    ...(cursor !== undefined && { cursor }),
  };
}

export const {
  useListEventsInfiniteQuery,
  useGetEventQuery,
  useSampleEventsQuery,
  useListEventDeliveriesQuery,
  useExplainEventQuery,
} = eventsApi;
