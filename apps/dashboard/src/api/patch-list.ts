import { BEFORE } from './events.ts';
import type { Pages } from './pages.ts';

/** Above this many rows in the first page the oldest are let go; scrolling down reads them again. */
export const MOST_LIVE_ROWS = 1000;
const KEPT_ROWS = 500;

/**
 * Puts rows where they belong in a newest-first list, in place; rows that are there already are replaced. Rows older
 * than what is loaded are left to the next page.
 */
export function putRows<T extends { id: string }>(
  draft: Pages<T>,
  rows: readonly T[],
  timeOf: (row: T) => string,
): void {
  for (const row of rows) if (!replaceRow(draft, row)) insertRow(draft, row, timeOf);
  shorten(draft, timeOf);
}

function replaceRow<T extends { id: string }>(draft: Pages<T>, row: T): boolean {
  for (const page of draft.pages) {
    const index = page.data.findIndex((candidate) => candidate.id === row.id);
    if (index >= 0) {
      page.data[index] = row;
      return true;
    }
  }
  return false;
}

function insertRow<T>(draft: Pages<T>, row: T, timeOf: (row: T) => string): void {
  const time = timeOf(row);
  for (const page of draft.pages) {
    const index = page.data.findIndex((candidate) => timeOf(candidate) <= time);
    if (index >= 0) {
      page.data.splice(index, 0, row);
      return;
    }
  }
  const last = draft.pages.at(-1);
  if (last?.nextCursor === null) last.data.push(row);
}

/** Takes a row out. */
export function removeRow<T extends { id: string }>(draft: Pages<T>, id: string): void {
  for (const page of draft.pages) {
    const index = page.data.findIndex((candidate) => candidate.id === id);
    if (index >= 0) page.data.splice(index, 1);
  }
}

function shorten<T>(draft: Pages<T>, timeOf: (row: T) => string): void {
  const first = draft.pages[0];
  if (first === undefined || first.data.length <= MOST_LIVE_ROWS) return;
  first.data.length = KEPT_ROWS;
  const last = first.data[KEPT_ROWS - 1];
  if (last === undefined) return;
  // One millisecond later, since "before" is exclusive and several rows may share the last one's time.
  const before = new Date(Date.parse(timeOf(last)) + 1).toISOString();
  first.nextCursor = `${BEFORE}${before}`;
  draft.pages.length = 1;
  draft.pageParams.length = 1;
}
