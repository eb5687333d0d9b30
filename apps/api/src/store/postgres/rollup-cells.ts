import { BUCKET_COUNT, bucketOf } from '../../domain/histogram.ts';
import { MINUTE_MS } from '../measures.ts';
import type { Count } from './journal.ts';

/** What is added to one row of the rollups. */
export interface Cell {
  measure: string;
  at: number;
  source_id: string;
  type: string;
  target_id: string;
  count: number;
  histogram: number[] | null;
}

/**
 * Sums up what a transaction counted, by minute. Each plain counter also goes into a total over all time (`at` 0, no
 * dimensions), which the law of conservation reads.
 */
export function sumCounts(counts: readonly Count[]): Cell[] {
  const cells = new Map<string, Cell>();

  function cellOf(measure: string, at: number, sourceId = '', type = '', targetId = ''): Cell {
    const key = `${measure}\n${at}\n${sourceId}\n${type}\n${targetId}`;
    let cell = cells.get(key);
    if (!cell) {
      const dimensions = { source_id: sourceId, type, target_id: targetId };
      cell = { measure, at, ...dimensions, count: 0, histogram: null };
      cells.set(key, cell);
    }
    return cell;
  }

  for (const { measure, at, sourceId, type, targetId, by, durationMs } of counts) {
    const minute = at - (at % MINUTE_MS);
    const cell = cellOf(measure, minute, sourceId, type, targetId);
    cell.count += by;
    if (durationMs >= 0) {
      cell.histogram ??= new Array<number>(BUCKET_COUNT).fill(0);
      const bucket = bucketOf(durationMs);
      cell.histogram[bucket] = (cell.histogram[bucket] ?? 0) + by;
    } else if (minute > 0) {
      cellOf(measure, 0).count += by;
    }
  }
  return [...cells.values()];
}
