import type {
  Source,
  SourceCreate,
  SourceKeyCreate,
  SourceKeyCreated,
  SourceKeyList,
  SourceUpdate,
} from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { readAll } from './pages.ts';

export const sourcesApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listSources: build.query<Source[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) => readAll<Source>('/v1/sources', fetchPage),
      providesTags: [{ type: 'Source', id: 'LIST' }],
    }),
    getSource: build.query<WithEtag<Source>, string>({
      query: (id) => ({ path: `/v1/sources/${id}` }),
      transformResponse: (answer: Source, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, id) => [{ type: 'Source', id }],
    }),
    createSource: build.mutation<Source, SourceCreate>({
      query: (body) => ({ path: '/v1/sources', method: 'POST', body }),
      invalidatesTags: [{ type: 'Source', id: 'LIST' }],
    }),
    updateSource: build.mutation<
      WithEtag<Source>,
      { id: string; etag: string | null; change: SourceUpdate }
    >({
      query: ({ id, etag, change }) => ({
        path: `/v1/sources/${id}`,
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      transformResponse: (answer: Source, meta) => withEtag(answer, meta),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'Source', id },
        { type: 'Source', id: 'LIST' },
      ],
    }),
    deleteSource: build.mutation<null, { id: string; etag: string | null }>({
      query: ({ id, etag }) => ({
        path: `/v1/sources/${id}`,
        method: 'DELETE',
        ifMatch: etag ?? undefined,
      }),
      // Only the list: reading again what is gone would answer 404 while its screen is still open.
      invalidatesTags: [{ type: 'Source', id: 'LIST' }],
    }),
    listSourceKeys: build.query<SourceKeyList['data'], string>({
      query: (id) => ({ path: `/v1/sources/${id}/keys` }),
      transformResponse: (answer: SourceKeyList) => answer.data,
      providesTags: (_result, _error, id) => [{ type: 'SourceKey', id }],
    }),
    createSourceKey: build.mutation<SourceKeyCreated, { sourceId: string; body: SourceKeyCreate }>({
      query: ({ sourceId, body }) => ({
        path: `/v1/sources/${sourceId}/keys`,
        method: 'POST',
        body,
      }),
      invalidatesTags: (_result, _error, { sourceId }) => [{ type: 'SourceKey', id: sourceId }],
    }),
    revokeSourceKey: build.mutation<null, { sourceId: string; keyId: string }>({
      query: ({ sourceId, keyId }) => ({
        path: `/v1/sources/${sourceId}/keys/${keyId}`,
        method: 'DELETE',
      }),
      invalidatesTags: (_result, _error, { sourceId }) => [{ type: 'SourceKey', id: sourceId }],
    }),
  }),
});
export const {
  useListSourcesQuery,
  useGetSourceQuery,
  useCreateSourceMutation,
  useUpdateSourceMutation,
  useDeleteSourceMutation,
  useListSourceKeysQuery,
  useCreateSourceKeyMutation,
  useRevokeSourceKeyMutation,
} = sourcesApi;
