import type { User, UserCreate, UserUpdate } from '@signalbox/api/contract';
import { baseApi, withEtag, type WithEtag } from './base-api.ts';
import { readAll } from './pages.ts';

const LIST = { type: 'User', id: 'LIST' } as const;

const usersApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listUsers: build.query<User[], undefined>({
      queryFn: (_argument, _api, _extra, fetchPage) => readAll<User>('/v1/users', fetchPage),
      providesTags: [LIST],
    }),
    getUser: build.query<WithEtag<User>, string>({
      query: (id) => ({ path: `/v1/users/${id}` }),
      transformResponse: (answer: User, meta) => withEtag(answer, meta),
      providesTags: (_result, _error, id) => [{ type: 'User', id }],
    }),
    createUser: build.mutation<User, UserCreate>({
      query: (body) => ({ path: '/v1/users', method: 'POST', body }),
      invalidatesTags: [LIST],
    }),
    updateUser: build.mutation<
      WithEtag<User>,
      { id: string; etag: string | null; change: UserUpdate }
    >({
      query: ({ id, etag, change }) => ({
        path: `/v1/users/${id}`,
        method: 'PATCH',
        body: change,
        ifMatch: etag ?? undefined,
      }),
      transformResponse: (answer: User, meta) => withEtag(answer, meta),
      invalidatesTags: (_result, _error, { id }) => [LIST, { type: 'User', id }],
    }),
    deleteUser: build.mutation<null, { id: string; etag: string | null }>({
      query: ({ id, etag }) => ({
        path: `/v1/users/${id}`,
        method: 'DELETE',
        ifMatch: etag ?? undefined,
      }),
      invalidatesTags: [LIST],
    }),
  }),
});

export const {
  useListUsersQuery,
  useGetUserQuery,
  useCreateUserMutation,
  useUpdateUserMutation,
  useDeleteUserMutation,
} = usersApi;
