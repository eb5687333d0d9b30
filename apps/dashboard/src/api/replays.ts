import type {
  DeadLetterGroups,
  DeadLetterWork,
  Replay,
  ReplayCreate,
  ReplayPage,
  ReplayPreview,
  ReplayPreviewRequest,
} from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';
import { nextPage, startOf } from './events.ts';
import type { PageStart } from './pages.ts';

export type ReplayAction = 'pause' | 'resume' | 'cancel';
export type DeadLetterAction = 'retry' | 'discard';

const PAGE_SIZE = 50;
const LIST = { type: 'Replay', id: 'LIST' } as const;

const replaysApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listReplays: build.infiniteQuery<ReplayPage, undefined, PageStart>({
      query: ({ pageParam }) => ({
        path: '/v1/replays',
        query: { limit: PAGE_SIZE, ...startOf(pageParam, 'before') },
      }),
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: nextPage },
      providesTags: [LIST],
    }),
    getReplay: build.query<Replay, string>({
      query: (id) => ({ path: `/v1/replays/${id}` }),
      providesTags: (_result, _error, id) => [{ type: 'Replay', id }],
    }),
    previewReplay: build.query<ReplayPreview, ReplayPreviewRequest>({
      query: (body) => ({ path: '/v1/replays/preview', method: 'POST', body }),
      keepUnusedDataFor: 0,
    }),
    createReplay: build.mutation<Replay, ReplayCreate>({
      query: (body) => ({ path: '/v1/replays', method: 'POST', body }),
      invalidatesTags: [LIST],
    }),
    actOnReplay: build.mutation<Replay, { id: string; action: ReplayAction }>({
      query: ({ id, action }) => ({ path: `/v1/replays/${id}/${action}`, method: 'POST' }),
      invalidatesTags: (_result, _error, { id }) => [LIST, { type: 'Replay', id }],
    }),
    listDeadLetterGroups: build.query<DeadLetterGroups['data'], undefined>({
      query: () => ({ path: '/v1/dead-letters/groups' }),
      transformResponse: (answer: DeadLetterGroups) => answer.data,
      providesTags: [{ type: 'Delivery', id: 'LIST' }],
    }),
    workOnDeadLetters: build.mutation<
      Replay,
      { action: DeadLetterAction; filter: DeadLetterWork['filter'] }
    >({
      query: ({ action, filter }) => ({
        path: `/v1/dead-letters/${action}`,
        method: 'POST',
        body: { filter },
      }),
      invalidatesTags: [LIST],
    }),
  }),
});

export const {
  useListReplaysInfiniteQuery,
  useGetReplayQuery,
  usePreviewReplayQuery,
  useCreateReplayMutation,
  useActOnReplayMutation,
  useListDeadLetterGroupsQuery,
  useWorkOnDeadLettersMutation,
} = replaysApi;
