import { describe, expect, test } from '@jest/globals';
import { joinRows } from './rows.ts';

const all = [0, 1, 2, 3, 4, 5, 6];
const joined = joinRows([[], [0, 1, 2], [], [3], [4, 5, 6], []]);
const places = [-8, -7, -1, ...all, 7, 8];

describe('parts that are joined', () => {
  test('are the rows of all of them, in order', () => {
    expect([...joined]).toEqual(all);
    expect(joined.length).toBe(all.length);
  });

  test.each(places)('answer for place %i as an array does', (place) => {
    expect(joined.at(place)).toBe(all.at(place));
  });

  test.each(all.concat(7, 8))('answer for a stretch from %i on as an array does', (from) => {
    for (let to = from; to < 9; to += 1)
      expect(joined.slice(from, to)).toEqual(all.slice(from, to));
  });

  test.each([...all, 7])('find %i as an array does', (row) => {
    const isIt = (candidate: number) => candidate === row;
    expect(joined.find(isIt)).toBe(all.find(isIt));
    expect(joined.findIndex(isIt)).toBe(all.findIndex(isIt));
  });

  test('may be none', () => {
    const none = joinRows<number>([]);
    expect([none.length, none.at(0), none.at(-1), none.slice(0, 5), [...none]]).toEqual([
      0,
      undefined,
      undefined,
      [],
      [],
    ]);
  });
});
