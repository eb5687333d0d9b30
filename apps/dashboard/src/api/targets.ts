import type {
  Target,
  TargetCreate,
  TargetHealth,
  TargetTest,
  TargetUpdate,
  TargetWithSecret,
} from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { readAll } from './pages.ts';

const changed = (_result: unknown, _error: unknown, id: string) => [
  { type: 'Target' as const, id },
  { type: 'Target' as const, id: 'LIST' },
];

export const targetsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listTargets: build.query<Target[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) => readAll<Target>('/v1/targets', fetchPage),
      providesTags: [{ type: 'Target', id: 'LIST' }],
    }),
    getTarget: build.query<WithEtag<Target>, string>({
      query: (id) => ({ path: `/v1/targets/${id}` }),
      transformResponse: (answer: Target, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, id) => [{ type: 'Target', id }],
    }),
    getTargetHealth: build.query<TargetHealth, string>({
      query: (id) => ({ path: `/v1/targets/${id}/health` }),
      providesTags: (_result, _error, id) => [{ type: 'Target', id }],
    }),
    createTarget: build.mutation<TargetWithSecret, TargetCreate>({
      query: (body) => ({ path: '/v1/targets', method: 'POST', body }),
      invalidatesTags: [{ type: 'Target', id: 'LIST' }],
    }),
    updateTarget: build.mutation<
      WithEtag<Target>,
      { id: string; etag: string | null; change: TargetUpdate }
    >({
      query: ({ id, etag, change }) => ({
        path: `/v1/targets/${id}`,
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      transformResponse: (answer: Target, meta) => withEtag(answer, meta),
      invalidatesTags: (result, error, { id }) => changed(result, error, id),
    }),
    deleteTarget: build.mutation<null, { id: string; etag: string | null }>({
      query: ({ id, etag }) => ({
        path: `/v1/targets/${id}`,
        method: 'DELETE',
        ifMatch: etag ?? undefined,
      }),
      // Only the list: reading again what is gone would answer 404 while its screen is still open.
      invalidatesTags: [{ type: 'Target', id: 'LIST' }],
    }),
    pauseTarget: build.mutation<Target, string>({
      query: (id) => ({ path: `/v1/targets/${id}/pause`, method: 'POST' }),
      invalidatesTags: changed,
    }),
    resumeTarget: build.mutation<Target, string>({
      query: (id) => ({ path: `/v1/targets/${id}/resume`, method: 'POST' }),
      invalidatesTags: changed,
    }),
    testTarget: build.mutation<TargetTest, string>({
      query: (id) => ({ path: `/v1/targets/${id}/test`, method: 'POST' }),
    }),
    rotateTargetSecret: build.mutation<TargetWithSecret, string>({
      query: (id) => ({ path: `/v1/targets/${id}/rotate-secret`, method: 'POST' }),
      invalidatesTags: changed,
    }),
  }),
});
export const {
  useListTargetsQuery,
  useGetTargetQuery,
  useGetTargetHealthQuery,
  useCreateTargetMutation,
  useUpdateTargetMutation,
  useDeleteTargetMutation,
  usePauseTargetMutation,
  useResumeTargetMutation,
  useTestTargetMutation,
  useRotateTargetSecretMutation,
} = targetsApi;
