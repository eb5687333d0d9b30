import { createApi } from '@reduxjs/toolkit/query/react';
import { baseQuery } from './base-query.ts';

/** The one API of the dashboard; each resource injects its endpoints. The only place where server state lives. */
export const baseApi = createApi({
  reducerPath: 'api',
  baseQuery,
  keepUnusedDataFor: 60,
  tagTypes: [
    'Event',
    'Delivery',
    'Attempt',
    'Source',
    'SourceKey',
    'Target',
    'Subscription',
    'Metrics',
    'Replay',
    'EventType',
    'User',
    'Alert',
    'AlertRule',
  ],
  endpoints: () => ({}),
});

/** A resource together with the ETag that a change of it must name. */
export type WithEtag<T> = T & { etag: string | null };
export function withEtag<T>(value: T, meta: { etag: string | null } | undefined): WithEtag<T> {
  return { ...value, etag: meta?.etag ?? null };
}
