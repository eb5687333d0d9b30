import type { Rows } from '../../lib/rows.ts';

const LOOKED_AT_ONCE = 500;

/** Where a list that was held at a row stays held: there, or at the first row after it that is still in the list; null where there is none. */
export function stayHeld<Row>(
  key: string,
  before: Rows<Row>,
  rows: Rows<Row>,
  rowKey: (row: Row) => string,
): string | null {
  const isHeldRow = (row: Row) => rowKey(row) === key;
  if (rows.findIndex(isHeldRow) >= 0) return key;
  for (let from = before.findIndex(isHeldRow) + 1; from < before.length; from += LOOKED_AT_ONCE) {
    const next = new Set(before.slice(from, from + LOOKED_AT_ONCE).map(rowKey));
    const kept = rows.find((row) => next.has(rowKey(row)));
    if (kept !== undefined) return rowKey(kept);
  }
  return null;
}
