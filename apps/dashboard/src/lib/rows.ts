/** Rows in order, of which a list draws a few. An array is one. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  at: (index: number) => Row | undefined;
  /** The rows from `from` on, without the one at `to`; neither is negative. */
  slice: (from: number, to: number) => Row[];
  find: (fits: (row: Row) => boolean) => Row | undefined;
  /** -1 where none fits. */
  findIndex: (fits: (row: Row) => boolean) => number;
}

/**
 * Parts one after another, without copying them: a long list that changes often would leave a copy of itself behind each time, and clearing
 * those away holds a frame up.
 */
export function joinRows<Row>(parts: readonly (readonly Row[])[]): Rows<Row> {
  let length = 0;
  const starts = parts.map((part) => (length += part.length) - part.length);
  const partAt = (index: number) => lastAtMost(starts, index);

  function at(index: number): Row | undefined {
    const place = index < 0 ? index + length : index;
    const part = partAt(place);
    return parts[part]?.[place - (starts[part] ?? 0)];
  }
  function slice(from: number, to: number): Row[] {
    const rows: Row[] = [];
    for (let part = Math.max(0, partAt(from)); part < parts.length; part += 1) {
      const start = starts[part] ?? 0;
      if (start >= to) break;
      rows.push(...(parts[part]?.slice(Math.max(0, from - start), to - start) ?? []));
    }
    return rows;
  }
  function findIndex(fits: (row: Row) => boolean): number {
    for (const [part, rows] of parts.entries()) {
      const index = rows.findIndex(fits);
      if (index >= 0) return index + (starts[part] ?? 0);
    }
    return -1;
  }
  return {
    length,
    at,
    slice,
    findIndex,
    find: (fits) => {
      const index = findIndex(fits);
      return index < 0 ? undefined : at(index);
    },
    *[Symbol.iterator]() {
      for (const part of parts) yield* part;
    },
  };
}

/** The place of the last of the ascending numbers that is not above `most`; -1 where there is none. */
function lastAtMost(ascending: readonly number[], most: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
