import { afterEach, describe, expect, test } from '@jest/globals';
import type { TargetHealth } from '@signalbox/api/contract';
import { cleanup, screen } from '@testing-library/react';
import { TargetHealthCard } from '../features/targets/TargetHealthCard.tsx';
import { showScreen } from './show-for-tests.tsx';

const HEALTH: TargetHealth = {
  targetId: 'tgt_1',
  state: 'active',
  breaker: 'closed',
  blockedBy: null,
  opensAt: null,
  backlog: 3,
  oldestOpenAt: null,
  inFlight: 0,
  attempts: 1,
  succeeded: 0,
  successRate: 0,
  p50Ms: 5,
  p95Ms: 5,
  p99Ms: 5,
};
afterEach(cleanup);

async function shown(change: Partial<TargetHealth>): Promise<string | null> {
  const element = <TargetHealthCard targetId="tgt_1" stateReason={null} />;
  const answers = { 'GET /v1/targets/tgt_1/health': { ...HEALTH, ...change } };
  showScreen({ at: '/targets/tgt_1', element, answers });
  await screen.findByText('Breaker');
  return screen.queryByText('Held back')?.nextSibling?.textContent ?? null;
}

describe("a target's health", () => {
  const opensAt = new Date(2026, 0, 1, 14, 3).toISOString();

  test('says until when the target wants to be left alone', async () => {
    expect(await shown({ blockedBy: 'told_to_wait', opensAt })).toBe(
      'Told to wait until 14:03 (Retry-After)',
    );
  });

  test.each([
    [opensAt, 'By the breaker, until a probe at 14:03'],
    [null, 'By the breaker, until its probe is answered'],
  ])('says that the breaker holds the target back, opening at %s', async (at, text) => {
    const change = { blockedBy: 'breaker_open', breaker: 'open', opensAt: at } as const;
    expect(await shown(change)).toBe(text);
  });

  test('says nothing of it otherwise', async () => {
    expect(await shown({})).toBeNull();
  });
});
