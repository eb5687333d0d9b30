import { describe, expect, test } from '@jest/globals';
import type { RollupRow, Store } from '../store/store.ts';
import { hasFailedForLong } from './has-failed-for-long.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 100 * DAY_MS;

function check(attempts: readonly [measure: string, daysAgo: number][], updatedDaysAgo = 50) {
  const rows = attempts.map(([measure, daysAgo]): RollupRow => ({
    at: NOW - daysAgo * DAY_MS,
    measure,
    sourceId: null,
    type: null,
    targetId: 'tgt_1',
    count: 1,
    histogram: null,
  }));
  const store: Pick<Store, 'rollups'> = {
    rollups: ({ from, to }) => Promise.resolve(rows.filter(({ at }) => at >= from && at <= to)),
  };
  return hasFailedForLong(store, { id: 'tgt_1', updatedAt: NOW - updatedDaysAgo * DAY_MS }, NOW);
}

describe('a target has failed for long', () => {
  test('when all attempts of five days failed', async () => {
    expect(
      await check([
        ['attempt.5xx', 5],
        ['attempt.error', 1],
      ]),
    ).toBe(true);
  });

  test('not when its first failure is younger', async () => {
    expect(
      await check([
        ['attempt.5xx', 4.9],
        ['attempt.error', 1],
      ]),
    ).toBe(false);
  });

  test('not when one attempt succeeded since', async () => {
    expect(
      await check([
        ['attempt.5xx', 6],
        ['attempt.2xx', 4],
        ['attempt.5xx', 1],
      ]),
    ).toBe(false);
  });

  test('but a success before the failures does not save it', async () => {
    expect(
      await check([
        ['attempt.2xx', 7],
        ['attempt.5xx', 6],
        ['attempt.5xx', 1],
      ]),
    ).toBe(true);
  });

  test('not when it was changed or enabled within five days', async () => {
    expect(
      await check(
        [
          ['attempt.5xx', 6],
          ['attempt.5xx', 1],
        ],
        4,
      ),
    ).toBe(false);
  });
});
