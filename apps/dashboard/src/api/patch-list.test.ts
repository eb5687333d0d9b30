import { describe, expect, test } from '@jest/globals';
import { flatten, type Pages } from './pages.ts';
import { MOST_LIVE_ROWS, MOST_ROWS, putRows, removeRows } from './patch-list.ts';

interface Row {
  id: string;
  at: string;
}
const row = (second: number): Row => ({
  id: String(second),
  at: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
});
/** Rows of these seconds, the newest first. */
const rows = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_unused, index) => row(from - index));
const timeOf = ({ at }: Row) => at;
const put = (list: Pages<Row>, more: readonly Row[], isHeld = true) =>
  putRows(list, more, timeOf, isHeld);
const scrolled: Pages<Row> = {
  pages: [
    { data: rows(200, 101), nextCursor: 'c' },
    { data: rows(100, 1), nextCursor: null },
  ],
  pageParams: [null, { cursor: 'c' }],
};
const growing = rows(200 + MOST_LIVE_ROWS, 201);

describe('rows that keep coming', () => {
  test('take nothing from beneath somebody who has a place in the list', () => {
    const list = put(scrolled, growing);
    expect([...flatten(list)]).toEqual([...growing, ...rows(200, 1)]);
    expect(list.pages.map(({ data }) => data.length)).toEqual([500, MOST_LIVE_ROWS - 400, 100]);
    expect(list.pageParams).toHaveLength(list.pages.length);
    expect(flatten(put(list, [row(5000)])).at(0)).toEqual(row(5000));
    const [first] = scrolled.pages;
    const alone = { pages: first === undefined ? [] : [first], pageParams: [null] };
    expect([...flatten(put(alone, growing))]).toEqual([...growing, ...rows(200, 101)]);
  });

  test('shorten a list in which nobody has a place, and one that grew beyond all reading', () => {
    expect([...flatten(put(scrolled, growing, false))]).toEqual(growing.slice(0, 500));
    const huge: Pages<Row> = {
      ...scrolled,
      pages: [
        ...scrolled.pages,
        { data: new Array<Row>(MOST_ROWS).fill(row(0)), nextCursor: null },
      ],
    };
    expect([...flatten(put(huge, growing))]).toEqual(growing.slice(0, 500));
  });
});

test('rows that are taken out leave the other pages as they were', () => {
  const list = removeRows(scrolled, new Set(['150']));
  expect(list.pages[0]?.data).toHaveLength(99);
  expect(list.pages[1]).toBe(scrolled.pages[1]);
});
