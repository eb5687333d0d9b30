import { describe, expect, test } from '@jest/globals';

import { createPace } from './pace.ts';

/** Works at a pace for a while, each step taking `stepMs`, and answers how much was done. */
function work(ratePerSecond: number, forMs: number, stepMs = 0): number {
  const pace = createPace(ratePerSecond);
  let done = 0;
  for (let now = 0; now < forMs;) {
    now += stepMs;
    done += pace.stepSize;
    now += pace.spend(pace.stepSize, now);
  }
  return done;
}

describe('a pace', () => {
  test.each([0.5, 1, 8, 100, 1000])('does %d a second, whether steps are quick or slow', (rate) => {
    for (const stepMs of [0, 1]) {
      const done = work(rate, 60_000, stepMs);
      expect(done).toBeGreaterThanOrEqual(rate * 59);
      expect(done).toBeLessThanOrEqual(rate * 61 + 1);
    }
  });

  test('after a standstill catches up with one second at most', () => {
    const pace = createPace(10);
    pace.spend(2, 0);
    let now = 3_600_000;
    let atOnce = 0;
    while (pace.spend(2, now) === 0) atOnce += 2;
    expect(atOnce).toBeLessThanOrEqual(10);
    now += 1000;
    expect(pace.spend(2, now)).toBeLessThanOrEqual(200);
  });

  test('without a rate never waits', () => {
    expect(createPace(null).spend(1_000_000, 0)).toBe(0);
  });
});
