import type { Rows } from '../../lib/rows.ts';

/** How many rows have come in above the one at which the list is held; none where it is not held, or at a row that is gone. */
export function countNewer<Row>(
  rows: Rows<Row>,
  heldFrom: string | null,
  rowKey: (row: Row) => string,
): number {
  if (heldFrom === null) return 0;
  return Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === heldFrom),
  );
}
