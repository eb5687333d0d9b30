import type {
  EventSchema,
  EventSchemaCreate,
  EventSchemaTest,
  EventSchemaTestResult,
  EventType,
  EventTypeCreate,
  EventTypeUpdate,
} from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { readAll } from './pages.ts';

const LIST = { type: 'EventType', id: 'LIST' } as const;
const placeOf = (name: string) => `/v1/event-types/${encodeURIComponent(name)}`;
const tagsOf = (name: string) => [LIST, { type: 'EventType', id: name } as const];

const eventTypesApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listEventTypes: build.query<EventType[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) =>
        readAll<EventType>('/v1/event-types', fetchPage),
      providesTags: [LIST],
    }),
    getEventType: build.query<WithEtag<EventType>, string>({
      query: (name) => ({ path: placeOf(name) }),
      transformResponse: (answer: EventType, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, name) => [{ type: 'EventType', id: name }],
    }),
    createEventType: build.mutation<EventType, EventTypeCreate>({
      query: (body) => ({ path: '/v1/event-types', method: 'POST', body }),
      // One that was seen on events has its screen already.
      invalidatesTags: (_result, _error, { name }) => tagsOf(name),
    }),
    updateEventType: build.mutation<
      EventType,
      { name: string; etag: string | null; change: EventTypeUpdate }
    >({
      query: ({ name, etag, change }) => ({
        path: placeOf(name),
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      invalidatesTags: (_result, _error, { name }) => tagsOf(name),
    }),
    createEventSchema: build.mutation<EventSchema, { name: string; body: EventSchemaCreate }>({
      query: ({ name, body }) => ({ path: `${placeOf(name)}/schemas`, method: 'POST', body }),
      invalidatesTags: (_result, _error, { name }) => tagsOf(name),
    }),
    deleteEventSchema: build.mutation<null, { name: string; version: number }>({
      query: ({ name, version }) => ({
        path: `${placeOf(name)}/schemas/${version}`,
        method: 'DELETE',
      }),
      invalidatesTags: (_result, _error, { name }) => tagsOf(name),
    }),
    testEventSchema: build.query<EventSchemaTestResult, { name: string; body: EventSchemaTest }>({
      query: ({ name, body }) => ({ path: `${placeOf(name)}/schemas/test`, method: 'POST', body }),
      keepUnusedDataFor: 0,
    }),
  }),
});

export const {
  useListEventTypesQuery,
  useGetEventTypeQuery,
  useCreateEventTypeMutation,
  useUpdateEventTypeMutation,
  useCreateEventSchemaMutation,
  useDeleteEventSchemaMutation,
  useTestEventSchemaQuery,
} = eventTypesApi;
