import { expect, test } from '@jest/globals';
import { countNewer } from './count-newer.ts';

const key = (row: string) => row;

test('a held list begins where it was held and counts what came since', () => {
  expect(countNewer(['d', 'c', 'b', 'a'], 'b', key)).toBe(2);
});

test('a list that is not held, or whose held row is gone, shows everything', () => {
  expect(countNewer(['b', 'a'], null, key)).toBe(0);
  expect(countNewer(['b', 'a'], 'x', key)).toBe(0);
});
