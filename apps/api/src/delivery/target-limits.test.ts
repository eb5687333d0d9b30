import { describe, expect, test } from '@jest/globals';
import { shareLimits } from './target-limits.ts';

const sharesOf = (maxConcurrency: number, ratePerSecond: number | null, processes: number) =>
  Array.from({ length: processes }, (_, index) =>
    shareLimits({ maxConcurrency, ratePerSecond }, { processes, index }),
  );
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('what a process may do of what a target allows', () => {
  test('is all of it while it delivers alone', () => {
    expect(sharesOf(20, 5, 1)).toEqual([{ maxConcurrency: 20, ratePerSecond: 5 }]);
  });

  test.each([
    [20, 2],
    [20, 3],
    [7, 4],
    [3, 3],
  ])('adds up to %s requests at once over %s processes', (maxConcurrency, processes) => {
    const shares = sharesOf(maxConcurrency, null, processes).map((one) => one.maxConcurrency);
    expect(sum(shares)).toBe(maxConcurrency);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  test('is one request at a time where there are fewer than processes', () => {
    expect(sharesOf(1, null, 3).map((one) => one.maxConcurrency)).toEqual([1, 1, 1]);
  });

  test('adds up to the rate, and is no rate where there is none', () => {
    expect(sum(sharesOf(20, 5, 4).map((one) => one.ratePerSecond ?? Number.NaN))).toBe(5);
    expect(sharesOf(20, null, 4).map((one) => one.ratePerSecond)).toEqual([null, null, null, null]);
  });
});
