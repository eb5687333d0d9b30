/** The rows to draw while the list is held at `heldFrom`, and how many newer ones wait above it. */
export function holdRows<Row>(
  rows: readonly Row[],
  heldFrom: string | null,
  rowKey: (row: Row) => string,
): { shown: readonly Row[]; newer: number } {
  if (heldFrom === null) return { shown: rows, newer: 0 };
  const newer = rows.findIndex((row) => rowKey(row) === heldFrom);
  return newer <= 0 ? { shown: rows, newer: 0 } : { shown: rows.slice(newer), newer };
}
