import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from '@jest/globals';
import { expectWithinFivePercent } from './measure-for-tests.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-limits-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('two processes that send twice the limit', () => {
  test.each([
    { split: 'evenly', shares: [0.5, 0.5] },
    { split: 'nine to one', shares: [0.9, 0.1] },
  ])(
    'let in 10, 200 and 10,000 in every second, within 5 %, loaded $split',
    async ({ shares }) => {
      await Promise.all(
        [10, 200, 10_000].map((limit) =>
          expectWithinFivePercent({ place: join(folder, String(limit)), limit, shares }),
        ),
      );
    },
    60_000,
  );
});
