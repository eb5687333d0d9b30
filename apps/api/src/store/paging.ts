import { readCursor, writeCursor } from './cursor.ts';
import type { PagePosition } from './cursor.ts';
import type { Page, PageRequest } from './store.ts';

/** What a list is: its name, to which cursors are bound, where a row stands in it, and the record that a row stands for. */
export interface ListShape<Row, Item> {
  name: string;
  positionOf: (row: Row) => PagePosition;
  toItem: (row: Row) => Item;
}

/** What to read for one page: one row more than asked for says whether there is a next one. */
export interface PageWindow {
  after: PagePosition | null;
  rows: number;
}

/** @throws GatewayError `invalid_cursor` unless the cursor was made for this list with this filter */
export function windowOf(list: { name: string }, filter: unknown, page: PageRequest): PageWindow {
  return { after: readCursor(list.name, filter, page.cursor), rows: page.limit + 1 };
}

/** Makes the page of the rows that its window held. */
export function toPage<Row, Item>(
  list: ListShape<Row, Item>,
  filter: unknown,
  page: PageRequest,
  rows: readonly Row[],
): Page<Item> {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > shown.length;
  return {
    items: shown.map(list.toItem),
    nextCursor: last && hasMore ? writeCursor(list.name, filter, list.positionOf(last)) : null,
  };
}
