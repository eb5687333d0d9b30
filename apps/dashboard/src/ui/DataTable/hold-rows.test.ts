import { expect, test } from '@jest/globals';
import { holdRows } from './hold-rows.ts';

const key = (row: string) => row;

test('a held list begins where it was held and counts what came since', () => {
  expect(holdRows(['d', 'c', 'b', 'a'], 'b', key)).toEqual({ shown: ['b', 'a'], newer: 2 });
});

test('a list that is not held, or whose held row is gone, shows everything', () => {
  expect(holdRows(['b', 'a'], null, key)).toEqual({ shown: ['b', 'a'], newer: 0 });
  expect(holdRows(['b', 'a'], 'x', key)).toEqual({ shown: ['b', 'a'], newer: 0 });
});
