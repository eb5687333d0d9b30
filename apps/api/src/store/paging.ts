import { readCursor, writeCursor } from './cursor.ts';
import type { PagePosition } from './cursor.ts';
import type { Page, PageRequest } from './store.ts';

/**
 * Reads one page: one row more than asked for says whether there is a next one.
 * @param list the list's name and `filter` its filter, to which cursors are bound
 * @throws GatewayError `invalid_cursor`
 */
export function readPage<Row, Item>(
  list: string,
  filter: unknown,
  page: PageRequest,
  read: (window: { after: PagePosition | null; rows: number }) => Row[],
  positionOf: (row: Row) => PagePosition,
  toItem: (row: Row) => Item,
): Page<Item> {
  const rows = read({ after: readCursor(list, filter, page.cursor), rows: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > shown.length;
  return {
    items: shown.map(toItem),
    nextCursor: last && hasMore ? writeCursor(list, filter, positionOf(last)) : null,
  };
}
