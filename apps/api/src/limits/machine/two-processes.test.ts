import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { measureTogether } from './measure-for-tests.ts';

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
      const limits = [10, 200, 10_000];
      const measure = (limit: number) =>
        measureTogether({ place: join(folder, String(limit)), limit, shares });
      for (const [index, letIn] of (await Promise.all(limits.map(measure))).entries()) {
        const limit = limits[index] ?? 0;
        const error = Math.max(1, limit * 0.05);
        for (const count of letIn) expect(Math.abs(count - limit)).toBeLessThanOrEqual(error);
        const all = letIn.reduce((sum, count) => sum + count, 0);
        expect(Math.abs(all - 3 * limit)).toBeLessThanOrEqual(3 * limit * 0.05);
      }
    },
    30_000,
  );
});
