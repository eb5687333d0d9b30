import type { PagePosition } from '../../cursor.ts';
import { dayOf, startOfDay } from '../row-numbers.ts';
import type { TimeRange } from './time-range.ts';

/** How many days the first look takes in. Most pages are filled from it, and planning a query takes time for every partition. */
const FIRST_DAYS = 2;

/**
 * Reads rows in the order of their times: newest first, the last days before the rest, and the rest only where these do not fill the page.
 * @param window what to read
 * @param times bounds that the filter sets, both left out
 * @param read reads up to `rows` rows of a stretch of time
 */
export async function walkDays<Row>(
  window: { after: PagePosition | null; rows: number; isAscending?: boolean },
  times: { from: number | undefined; to: number | undefined },
  now: number,
  read: (range: TimeRange, rows: number) => Promise<Row[]>,
): Promise<Row[]> {
  const { after, rows, isAscending = false } = window;
  const from = times.from ?? null;
  if (isAscending) {
    const start = after === null || (from !== null && from > after.at) ? from : after.at;
    return read({ from: start, below: null }, rows);
  }
  const newest = Math.min(after?.at ?? now, times.to ?? Infinity);
  const seam = startOfDay(dayOf(newest) - FIRST_DAYS + 1);
  if (from !== null && from >= seam) return read({ from, below: null }, rows);
  const found = await read({ from: seam, below: null }, rows);
  if (found.length >= rows) return found;
  return [...found, ...(await read({ from, below: seam }, rows - found.length))];
}
