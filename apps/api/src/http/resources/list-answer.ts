import type { Page } from '../../store/store.ts';
import type { Answer } from '../exchange.ts';

/** 200 with a page of a list. */
export function listAnswer<T>(page: Page<T>, show: (item: T) => unknown): Answer {
  return { status: 200, body: { data: page.items.map(show), nextCursor: page.nextCursor } };
}

/** What a list's query asks of the store. */
export function pageOf(query: { limit: number; cursor?: string | undefined }): {
  limit: number;
  cursor: string | null;
} {
  return { limit: query.limit, cursor: query.cursor ?? null };
}
