import { describe, expect, test } from '@jest/globals';

import type { TimeRange } from './time-range.ts';
import { walkDays } from './walk-days.ts';

const DAY_MS = 86_400_000;
const NOW = 20_000 * DAY_MS + 5000;
const NO_TIMES = { from: undefined, to: undefined };

/** Walks over moments, and notes which stretches were asked for. */
async function walk(
  moments: readonly number[],
  window: Parameters<typeof walkDays>[0],
  times: Parameters<typeof walkDays>[1] = NO_TIMES,
) {
  const asked: TimeRange[] = [];
  const found = await walkDays(window, times, NOW, (range, rows) => {
    asked.push(range);
    const inside = moments.filter(
      (at) => at >= (range.from ?? -Infinity) && at < (range.below ?? Infinity),
    );
    return Promise.resolve(inside.sort((a, b) => b - a).slice(0, rows));
  });
  return { asked, found };
}

describe('walking back in days', () => {
  test('a page that the last two days fill is read from these only', async () => {
    const { asked, found } = await walk([NOW - 1, NOW - DAY_MS, NOW - 9 * DAY_MS], {
      after: null,
      rows: 2,
    });
    expect(found).toEqual([NOW - 1, NOW - DAY_MS]);
    expect(asked).toEqual([{ from: 19_999 * DAY_MS, below: null }]);
  });
  test('otherwise the rest fills it up, without a gap or a repeat at the seam', async () => {
    const seam = 19_999 * DAY_MS;
    const moments = [NOW, seam, seam - 1, seam - 40 * DAY_MS];
    const { asked, found } = await walk(moments, { after: null, rows: 10 });
    expect(found).toEqual(moments);
    expect(asked).toEqual([
      { from: seam, below: null },
      { from: null, below: seam },
    ]);
  });
  test('it begins where the page before ended, or where the filter ends', async () => {
    const after = await walk([], { after: { at: NOW - 10 * DAY_MS, seq: 1 }, rows: 1 });
    expect(after.asked[0]).toEqual({ from: 19_989 * DAY_MS, below: null });
    const to = NOW - 20 * DAY_MS;
    const filtered = await walk([], { after: null, rows: 1 }, { from: undefined, to });
    expect(filtered.asked[0]).toEqual({ from: 19_979 * DAY_MS, below: null });
  });
  test('a filter that begins within the two days is one stretch', async () => {
    const { asked } = await walk([], { after: null, rows: 1 }, { from: NOW - 10, to: undefined });
    expect(asked).toEqual([{ from: NOW - 10, below: null }]);
  });
  test('oldest first is one stretch from where the page before ended', async () => {
    const window = { after: { at: NOW - 5 * DAY_MS, seq: 1 }, rows: 1, isAscending: true };
    const { asked } = await walk([], window, { from: NOW - 9 * DAY_MS, to: undefined });
    expect(asked).toEqual([{ from: NOW - 5 * DAY_MS, below: null }]);
  });
});
