import { describe, expect, test } from '@jest/globals';
import { flatten, type Pages, type PageStart } from './pages.ts';
import { putBack } from './put-back.ts';

interface Row {
  id: string;
  at: string;
  state: string;
}
const time = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const rows = (from: number, to: number, state: string): Row[] =>
  Array.from({ length: from - to + 1 }, (_unused, index) => ({
    id: String(from - index),
    at: time(from - index),
    state,
  }));
const cursor = { cursor: 'c' };
const list: Pages<Row> = {
  pages: [
    { data: rows(30, 21, 'old'), nextCursor: 'c' },
    { data: rows(20, 11, 'old'), nextCursor: 'd' },
    { data: rows(10, 1, 'old'), nextCursor: 'e' },
  ],
  pageParams: [null, cursor, cursor],
};
const read = (data: Row[], start: PageStart, nextCursor: string | null): Pages<Row> => ({
  pages: [{ data, nextCursor }],
  pageParams: [start],
});
const put = (part: Pages<Row>) => putBack(list, part, ({ at }) => at);
const newOnes = (pages: Pages<Row>) =>
  [...flatten(pages)].filter(({ state }) => state === 'new').map(({ id }) => Number(id));

describe('a part of a list that is read again', () => {
  test('takes the place of what was there, between the rows above and below', () => {
    const part = rows(17, 8, 'new').filter(({ id }) => id !== '12');
    const after = put(read(part, { before: time(18) }, 'x'));
    const ids = [...flatten(after)].map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((left, right) => right - left));
    expect(ids).toHaveLength(29);
    expect(newOnes(after)).toEqual([17, 16, 15, 14, 13, 11, 10, 9, 8]);
    expect(after.pages[0]).toBe(list.pages[0]);
    expect(after.pageParams).toEqual([null, cursor, { before: time(18) }, cursor]);
    expect(after.pages.at(-1)?.nextCursor).toBe('e');
  });

  test('at its beginning leaves what is older', () => {
    const after = put(read(rows(40, 26, 'new'), null, 'x'));
    expect([...flatten(after)].map(({ id }) => Number(id))).toEqual([
      ...newOnes(after),
      ...Array.from({ length: 25 }, (_unused, index) => 25 - index),
    ]);
    expect(after.pageParams).toEqual([null, null, cursor, cursor]);
  });

  test('to its end leaves nothing after it, and the list still begins with its newest page', () => {
    const after = put(read(rows(30, 29, 'new'), { before: time(31) }, null));
    expect([...flatten(after)]).toEqual(rows(30, 29, 'new'));
    expect(after.pageParams).toEqual([null, { before: time(31) }]);
  });
});
