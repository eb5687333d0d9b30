import { chooseEvenly } from './change-positions.ts';
import type { FeedPosition } from './change-positions.ts';

/** A row of the change feed without its items: events first, then deliveries, then resources. */
export interface FeedRow {
  seq: number;
  at: number;
  item_count: number;
  resource_count: number;
}

/** Which items of which rows an answer holds. */
export interface FeedPlan {
  picks: { row: FeedRow; indexes: number[] }[];
  position: string;
  leftOut: number;
}

/**
 * Everything, oldest first, until `limit` items are chosen.
 * @param rows from the one that `first` lies in, or the one after it, in order
 * @param newest where the feed ends
 */
export function planInOrder(
  rows: Iterable<FeedRow>,
  first: FeedPosition,
  limit: number,
  newest: number,
): FeedPlan {
  const picks: FeedPlan['picks'] = [];
  let passed = 0;
  for (const row of rows) {
    const indexes: number[] = [];
    for (let index = startIn(row, first); index < row.item_count; index += 1) {
      if (passed === limit) {
        if (indexes.length > 0) picks.push({ row, indexes });
        const position = index === 0 ? `${row.seq - 1}` : `${row.seq}.${index - 1}`;
        return { picks, position, leftOut: 0 };
      }
      indexes.push(index);
      passed += 1;
    }
    if (indexes.length > 0) picks.push({ row, indexes });
  }
  return { picks, position: `${newest}`, leftOut: 0 };
}

/** All that there is in one answer: `limit` items, spread evenly, and every resource. */
export function planThinned(
  rows: readonly FeedRow[],
  first: FeedPosition,
  limit: number,
  newest: number,
): FeedPlan {
  const total = rows.reduce((sum, row) => {
    return sum + Math.max(0, row.item_count - row.resource_count - startIn(row, first));
  }, 0);
  const isChosen = chooseEvenly(total, limit);
  const picks: FeedPlan['picks'] = [];
  let passed = 0;
  let leftOut = 0;
  for (const row of rows) {
    const thinnable = row.item_count - row.resource_count;
    const indexes: number[] = [];
    for (let index = startIn(row, first); index < row.item_count; index += 1) {
      if (index >= thinnable || isChosen(passed)) indexes.push(index);
      else leftOut += 1;
      if (index < thinnable) passed += 1;
    }
    if (indexes.length > 0) picks.push({ row, indexes });
  }
  return { picks, position: `${newest}`, leftOut };
}

/** The position right after one item of a row. */
export function positionAfter(row: FeedRow, index: number): string {
  return index + 1 < row.item_count ? `${row.seq}.${index}` : `${row.seq}`;
}

function startIn(row: FeedRow, first: FeedPosition): number {
  return row.seq === first.row ? first.index + 1 : 0;
}
