import type { AuditPage, AuditQuery } from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';
import { nextPage, startOf } from './events.ts';
import type { PageStart } from './pages.ts';

export type AuditFilterArgs = Pick<AuditQuery, 'actor' | 'subjectId' | 'action'>;

const PAGE_SIZE = 50;

const auditLogApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    listAuditLog: build.infiniteQuery<AuditPage, AuditFilterArgs, PageStart>({
      query: ({ queryArg, pageParam }) => ({
        path: '/v1/audit-log',
        query: { ...queryArg, limit: PAGE_SIZE, ...startOf(pageParam, 'before') },
      }),
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: nextPage },
      // Whatever is changed leaves an entry: what was read a moment ago may be old.
      keepUnusedDataFor: 0,
    }),
  }),
});

export const { useListAuditLogInfiniteQuery } = auditLogApi;
