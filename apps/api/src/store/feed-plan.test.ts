import { describe, expect, test } from '@jest/globals';

import { planInOrder, planThinned } from './feed-plan.ts';
import type { FeedPlan } from './feed-plan.ts';

const row = (seq: number, item_count: number, resource_count = 0) => {
  return { seq, at: seq, item_count, resource_count };
};
// Numbers with gaps, a row without items, and one with resources at its end.
const ROWS = [row(10, 3), row(17, 0), row(20, 4, 2), row(21, 1)];
const START = { row: 5, index: -1 };

function items({ picks }: FeedPlan): string[] {
  return picks.flatMap(({ row: { seq }, indexes }) => indexes.map((index) => `${seq}.${index}`));
}
const ALL = ['10.0', '10.1', '10.2', '20.0', '20.1', '20.2', '20.3', '21.0'];

describe('planning an answer of the change feed', () => {
  test('in order it goes on until the limit, and names the place after the last item', () => {
    const cases: [limit: number, position: string][] = [
      [2, '10.1'],
      [3, '19'],
      [5, '20.1'],
      [7, '20'],
      [8, '21'],
      [9, '21'],
    ];
    for (const [limit, position] of cases) {
      const plan = planInOrder(ROWS, START, limit, 21);
      expect(items(plan)).toEqual(ALL.slice(0, limit));
      expect([limit, plan.position]).toEqual([limit, position]);
    }
  });
  test('from a place inside a row it leaves out what came before', () => {
    const plan = planInOrder(ROWS.slice(2), { row: 20, index: 1 }, 10, 21);
    expect(items(plan)).toEqual(['20.2', '20.3', '21.0']);
  });
  test('thinned it keeps every resource, the last item, and counts the rest', () => {
    const plan = planThinned(ROWS, START, 2, 21);
    expect(items(plan)).toEqual(['10.2', '20.2', '20.3', '21.0']);
    expect(plan).toMatchObject({ position: '21', leftOut: 4 });
  });
  test('thinned from a place inside a row it counts only what follows', () => {
    const plan = planThinned(ROWS.slice(2), { row: 20, index: 2 }, 10, 21);
    expect(items(plan)).toEqual(['20.3', '21.0']);
    expect(plan.leftOut).toBe(0);
  });
});
