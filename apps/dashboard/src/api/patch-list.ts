import { BEFORE } from './events.ts';
import type { Page, Pages } from './pages.ts';

/** Above this many rows in the first page the oldest are let go; scrolling down reads them again. */
export const MOST_LIVE_ROWS = 1000;
const KEPT_ROWS = 500;

/**
 * A newest-first list with rows put where they belong; rows that are there already are replaced. Rows older than what is
 * loaded are left to the next page. Works on plain data: a draft's proxies would make a busy stream slow.
 */
export function putRows<T extends { id: string }>(
  list: Pages<T>,
  rows: readonly T[],
  timeOf: (row: T) => string,
): Pages<T> {
  const incoming = new Map(rows.map((row) => [row.id, row]));
  const pages = list.pages.map((page) => ({
    ...page,
    data: page.data.map((row) => take(incoming, row.id) ?? row),
  }));
  for (const row of incoming.values()) insertRow(pages, row, timeOf);
  return shorten({ ...list, pages }, timeOf);
}

function take<T>(rows: Map<string, T>, id: string): T | undefined {
  const row = rows.get(id);
  rows.delete(id);
  return row;
}

function insertRow<T>(pages: Page<T>[], row: T, timeOf: (row: T) => string): void {
  const time = timeOf(row);
  for (const page of pages) {
    const index = page.data.findIndex((candidate) => timeOf(candidate) <= time);
    if (index >= 0) {
      page.data.splice(index, 0, row);
      return;
    }
  }
  const last = pages.at(-1);
  if (last?.nextCursor === null) last.data.push(row);
}

/** The list without some rows. */
export function removeRows<T extends { id: string }>(
  list: Pages<T>,
  ids: ReadonlySet<string>,
): Pages<T> {
  const keep = (page: Page<T>) => ({ ...page, data: page.data.filter((row) => !ids.has(row.id)) });
  return { ...list, pages: list.pages.map(keep) };
}

function shorten<T>(list: Pages<T>, timeOf: (row: T) => string): Pages<T> {
  const first = list.pages[0];
  const last = first?.data[KEPT_ROWS - 1];
  if (first === undefined || last === undefined || first.data.length <= MOST_LIVE_ROWS) return list;
  // One millisecond later, since "before" is exclusive and several rows may share the last one's time.
  const before = new Date(Date.parse(timeOf(last)) + 1).toISOString();
  const kept = { data: first.data.slice(0, KEPT_ROWS), nextCursor: `${BEFORE}${before}` };
  return { pages: [kept], pageParams: list.pageParams.slice(0, 1) };
}
