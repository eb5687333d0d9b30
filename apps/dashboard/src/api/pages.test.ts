import { describe, expect, test } from '@jest/globals';
import { flatten, type Pages } from './pages.ts';
import { putRows } from './patch-list.ts';

interface Row {
  id: string;
  at: string;
}
const row = (minute: number): Row => ({
  id: `evt_${String(minute)}`,
  at: new Date(Date.UTC(2025, 0, 1, 0, minute)).toISOString(),
});
const listOf = (...minutes: number[][]): Pages<Row> => ({
  pages: minutes.map((page) => ({ data: page.map(row), nextCursor: 'more' })),
  pageParams: minutes.map(() => null),
});
const idsOf = (list: Pages<Row>) => [...flatten(list)].map(({ id }) => id);
const at = (each: Row) => each.at;

describe('the rows of a list', () => {
  test('stand once each, also where the stream brought what the next page then holds', () => {
    expect(idsOf(listOf([5, 4, 3], [3, 2], [1]))).toEqual([
      'evt_5',
      'evt_4',
      'evt_3',
      'evt_2',
      'evt_1',
    ]);
  });

  test('that the stream brings come where they belong, and pages that they are not in stay as they are', () => {
    const before = listOf([9, 8, 6], [5, 4], [3, 2]);
    const after = putRows(before, [row(10), row(7), { ...row(4), at: row(4).at }], at, false);
    expect(idsOf(after).map((id) => Number(id.slice(4)))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(after.pages[2]).toBe(before.pages[2]);
    expect(before.pages[0]?.data).toHaveLength(3);
  });
});
