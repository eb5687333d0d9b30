import { BEFORE } from './events.ts';
import type { Page, Pages } from './pages.ts';

/**
 * Above this many rows in the first page, a list lets the oldest go, and scrolling down reads them again. One in which somebody has a place
 * keeps them: its first page is split.
 */
export const MOST_LIVE_ROWS = 1000;
const KEPT_ROWS = 500;
/** What a list may grow to above somebody who reads far down; then it is shortened all the same. */
export const MOST_ROWS = 250_000;

/**
 * A newest-first list with rows put where they belong; rows that are there already are replaced. Rows older than what is
 * loaded are left to the next page. Works on plain data: a draft's proxies would make a busy stream slow.
 * @param isHeld somebody has a place in the list
 */
export function putRows<T extends { id: string }>(
  list: Pages<T>,
  rows: readonly T[],
  timeOf: (row: T) => string,
  isHeld: boolean,
): Pages<T> {
  const incoming = new Map(rows.map((row) => [row.id, row]));
  const pages = list.pages.map((page) => replaceRows(page, incoming));
  for (const row of incoming.values()) insertRow(pages, row, timeOf);
  return shorten({ ...list, pages }, timeOf, isHeld);
}

/** A page that none of the rows is in stays the same object, so that what is made of it can be kept. */
function replaceRows<T extends { id: string }>(page: Page<T>, incoming: Map<string, T>): Page<T> {
  if (!page.data.some((row) => incoming.has(row.id))) return page;
  return { ...page, data: page.data.map((row) => take(incoming, row.id) ?? row) };
}

function take<T>(rows: Map<string, T>, id: string): T | undefined {
  const row = rows.get(id);
  rows.delete(id);
  return row;
}

function insertRow<T>(pages: Page<T>[], row: T, timeOf: (row: T) => string): void {
  const time = timeOf(row);
  for (const [place, page] of pages.entries()) {
    const index = page.data.findIndex((candidate) => timeOf(candidate) <= time);
    if (index >= 0) {
      pages[place] = { ...page, data: page.data.toSpliced(index, 0, row) };
      return;
    }
  }
  const last = pages.at(-1);
  if (last?.nextCursor === null) {
    pages[pages.length - 1] = { ...last, data: [...last.data, row] };
  }
}

/** The list without some rows. */
export function removeRows<T extends { id: string }>(
  list: Pages<T>,
  ids: ReadonlySet<string>,
): Pages<T> {
  const isOut = ({ id }: T) => ids.has(id);
  const keep = (page: Page<T>) =>
    page.data.some(isOut) ? { ...page, data: page.data.filter((row) => !isOut(row)) } : page;
  return { ...list, pages: list.pages.map(keep) };
}

function shorten<T>(list: Pages<T>, timeOf: (row: T) => string, isHeld: boolean): Pages<T> {
  const [first, ...others] = list.pages;
  const last = first?.data[KEPT_ROWS - 1];
  if (first === undefined || last === undefined || first.data.length <= MOST_LIVE_ROWS) return list;
  const before = justAfter(timeOf(last));
  const kept = { data: first.data.slice(0, KEPT_ROWS), nextCursor: `${BEFORE}${before}` };
  const [start = null, ...starts] = list.pageParams;
  if (!isHeld || countRows(list) > MOST_ROWS) return { pages: [kept], pageParams: [start] };
  const rest = { ...first, data: first.data.slice(KEPT_ROWS) };
  return { pages: [kept, rest, ...others], pageParams: [start, { before }, ...starts] };
}

/** From where a list holds a row of that time: "before" is exclusive, and several rows may share it. */
export const justAfter = (time: string) => new Date(Date.parse(time) + 1).toISOString();

const countRows = <T>({ pages }: Pages<T>): number =>
  pages.reduce((sum, { data }) => sum + data.length, 0);
