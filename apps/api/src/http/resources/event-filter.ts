import type { z } from 'zod';
import type { EventFilters } from '../../contract/events.ts';
import type { EventFilter } from '../../store/store.ts';
import { givenOf } from './merge-patch.ts';

/** The store's filter for what a query asks for. */
export function eventFilterOf(query: z.output<typeof EventFilters>): EventFilter {
  const { id, source, sourceId, type, subject, status, receivedAfter, receivedBefore, q } = query;
  return givenOf({
    id,
    source,
    sourceId,
    type,
    subject,
    status,
    receivedAfter: timeOf(receivedAfter),
    receivedBefore: timeOf(receivedBefore),
    q: q?.trim() === '' ? undefined : q,
  });
}

/** Milliseconds since 1970. */
export function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
