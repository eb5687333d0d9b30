import { describe, expect, test } from '@jest/globals';
import type { Timeseries } from '@signalbox/api/contract';
import { linesOf, successShares, timesOf, toRates, withoutBegun } from './series.ts';

const FROM = Date.parse('2025-01-01T12:00:00Z');
const DATA: Timeseries = {
  from: '2025-01-01T12:00:00Z',
  to: '2025-01-01T12:03:00Z',
  stepSeconds: 60,
  series: [
    { measure: 'attempts', dimensions: {}, values: [600, 0, 300] },
    { measure: 'attemptsFailed', dimensions: {}, values: [60, 0, 300] },
  ],
};
const ATTEMPTS = [{ measure: 'attempts', label: 'Attempts', tone: 1 }] as const;
const ratesAt = (seconds: number) => {
  const readAt = FROM + seconds * 1000;
  const data = withoutBegun(DATA, readAt);
  return toRates(data, linesOf(data, ATTEMPTS), readAt).map((line) => line.values);
};

describe('the series of the overview', () => {
  test('a whole step counts for all of its seconds', () => {
    expect(ratesAt(180)).toEqual([[10, 0, 5]]);
  });

  test('the running step counts for the seconds that it ran, so that the line does not fall', () => {
    expect(ratesAt(150)).toEqual([[10, 0, 10]]);
  });

  test('a step that has only begun is left out', () => {
    expect(ratesAt(125)).toEqual([[10, 0]]);
    expect(timesOf(withoutBegun(DATA, FROM + 125_000))).toEqual([FROM / 1000, FROM / 1000 + 60]);
  });

  test('a step without attempts has no success rate', () => {
    expect(successShares(DATA)).toEqual([0.9, null, 0]);
  });

  test('a measure that the answer lacks is a line of gaps', () => {
    const wanted = [{ measure: 'latencyP50Ms', label: 'p50', tone: 1 }] as const;
    expect(linesOf(DATA, wanted)[0]?.values).toEqual([null, null, null]);
  });
});
