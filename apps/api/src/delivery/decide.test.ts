import { describe, expect, test } from '@jest/globals';
import { DEFAULT_RETRY_POLICY } from '../domain/resources.ts';
import { decide, type DecidableOutcome } from './decide.ts';

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;
const even = () => 0.5;

function answer(statusCode: number, retryAfterMs: number | null = null): DecidableOutcome {
  return { outcome: 'answered', statusCode, retryAfterMs };
}

function decideAfter(
  tries: number,
  outcome: DecidableOutcome,
  { policy = DEFAULT_RETRY_POLICY, scheduleStart = 0, random = even } = {},
) {
  const delivery = { attemptCount: scheduleStart + tries - 1, scheduleStart };
  return decide(delivery, outcome, policy, NOW, random);
}

describe('after the first try', () => {
  test.each([200, 201, 202, 204, 299])('%d succeeds', (status) => {
    expect(decideAfter(1, answer(status))).toEqual({
      state: 'succeeded',
      nextAttemptAt: null,
      reason: null,
      reasonDetail: null,
    });
  });

  test.each([301, 302, 307, 308, 304, 404, 408, 409, 425, 429, 500, 502, 503, 504, 599])(
    '%d is tried again after 5 s',
    (status) => {
      expect(decideAfter(1, answer(status))).toEqual({
        state: 'retrying',
        nextAttemptAt: NOW + 5000,
        reason: `http_${status}`,
        reasonDetail: `The target answered ${status}.`,
      });
    },
  );

  test.each([400, 401, 402, 403, 405, 406, 411, 413, 414, 415, 418, 422, 451, 499])(
    '%d is a dead letter at once',
    (status) => {
      expect(decideAfter(1, answer(status))).toMatchObject({
        state: 'dead',
        nextAttemptAt: null,
        reason: `http_${status}`,
      });
    },
  );

  test.each([
    'timeout',
    'connect_timeout',
    'connection_refused',
    'connection_reset',
    'dns',
    'tls',
    'target_auth',
    'invalid_response',
    'internal',
  ] as const)('%s is tried again after 5 s', (errorKind) => {
    expect(decideAfter(1, { outcome: 'failed', errorKind, error: 'Why.' })).toEqual({
      state: 'retrying',
      nextAttemptAt: NOW + 5000,
      reason: errorKind,
      reasonDetail: 'Why.',
    });
  });

  test('410 is a dead letter, disables the target and raises an alert', () => {
    expect(decideAfter(1, answer(410))).toMatchObject({
      state: 'dead',
      reason: 'gone',
      disableTarget: true,
      alert: 'target_gone',
    });
  });

  test('a forbidden address is a dead letter and raises an alert', () => {
    const outcome = { outcome: 'failed', errorKind: 'forbidden_address', error: 'Why.' } as const;
    expect(decideAfter(1, outcome)).toMatchObject({
      state: 'dead',
      reason: 'forbidden_address',
      alert: 'forbidden_address',
    });
  });

  test('a refusal that a repeat would not mend is a dead letter with its message', () => {
    const refusal = { outcome: 'failed', errorKind: 'target_auth', error: 'Why.' } as const;
    expect(decideAfter(1, { ...refusal, isFinal: true })).toEqual({
      state: 'dead',
      nextAttemptAt: null,
      reason: 'target_auth',
      reasonDetail: 'Why.',
    });
  });

  test('a token endpoint that asks to wait makes the lane wait too, for an hour at most', () => {
    const failure = { outcome: 'failed', errorKind: 'target_auth', error: 'Why.' } as const;
    for (const [askedMs, waitMs] of [
      [60_000, 60_000],
      [90_000_000, 3_600_000],
    ] as const)
      expect(decideAfter(1, { ...failure, retryAfterMs: askedMs })).toMatchObject({
        state: 'retrying',
        nextAttemptAt: NOW + waitMs,
        laneWaitUntil: NOW + waitMs,
      });
  });

  test('a failed transform is a dead letter with its message', () => {
    const outcome = { outcome: 'failed', errorKind: 'transform_failed', error: 'Why.' } as const;
    expect(decideAfter(1, outcome)).toMatchObject({
      state: 'dead',
      reason: 'transform_failed',
      reasonDetail: 'Why.',
    });
  });

  test('a transform without a result cancels', () => {
    expect(decideAfter(1, { outcome: 'skipped' })).toMatchObject({
      state: 'cancelled',
      reason: 'no_result',
    });
  });
});

describe('a redirect', () => {
  test('is tried three times, then it is a dead letter', () => {
    expect(decideAfter(2, answer(302)).state).toBe('retrying');
    expect(decideAfter(3, answer(302))).toMatchObject({ state: 'dead', reason: 'http_302' });
  });
});

describe('Retry-After', () => {
  test.each([429, 503])('of %d delays the retry and the lane', (status) => {
    expect(decideAfter(1, answer(status, 60_000))).toMatchObject({
      state: 'retrying',
      nextAttemptAt: NOW + 60_000,
      laneWaitUntil: NOW + 60_000,
    });
  });

  test('never brings a retry forward', () => {
    expect(decideAfter(2, answer(429, 1000)).nextAttemptAt).toBe(NOW + 300_000);
  });

  test('counts for one hour at most', () => {
    const decision = decideAfter(1, answer(503, 48 * HOUR_MS));
    expect(decision.laneWaitUntil).toBe(NOW + HOUR_MS);
    expect(decision.nextAttemptAt).toBe(NOW + HOUR_MS);
  });

  test('means nothing on other answers', () => {
    expect(decideAfter(1, answer(500, 60_000))).not.toHaveProperty('laneWaitUntil');
    expect(decideAfter(1, answer(500, 60_000)).nextAttemptAt).toBe(NOW + 5000);
  });

  test('still holds the lane when the schedule is used up', () => {
    const decision = decideAfter(10, answer(429, 60_000));
    expect(decision).toMatchObject({ state: 'dead', laneWaitUntil: NOW + 60_000 });
  });
});

describe('the schedule', () => {
  test('is Standard Webhooks by default and ends after ten tries', () => {
    const waits = Array.from({ length: 9 }, (_, index) => {
      const { nextAttemptAt } = decideAfter(index + 1, answer(500));
      return ((nextAttemptAt ?? 0) - NOW) / 1000;
    });
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(decideAfter(10, answer(500))).toEqual({
      state: 'dead',
      nextAttemptAt: null,
      reason: 'http_500',
      reasonDetail: 'The target answered 500. All 10 tries are used.',
    });
  });

  test('is spread by 20 % to both sides', () => {
    expect(decideAfter(1, answer(500), { random: () => 0 }).nextAttemptAt).toBe(NOW + 4000);
    expect(decideAfter(1, answer(500), { random: () => 0.999999 }).nextAttemptAt).toBe(NOW + 6000);
  });

  test("begins anew at a person's retry", () => {
    const decision = decideAfter(1, answer(500), { scheduleStart: 10 });
    expect(decision).toMatchObject({ state: 'retrying', nextAttemptAt: NOW + 5000 });
    expect(decideAfter(10, answer(500), { scheduleStart: 10 }).state).toBe('dead');
    expect(decideAfter(1, answer(302), { scheduleStart: 10 }).state).toBe('retrying');
  });

  test("may be the target's own, also none", () => {
    const policy = { scheduleSeconds: [1], finalCodes: [] };
    expect(decideAfter(1, answer(500), { policy }).nextAttemptAt).toBe(NOW + 1000);
    expect(decideAfter(2, answer(500), { policy }).state).toBe('dead');
    expect(
      decideAfter(1, answer(500), { policy: { scheduleSeconds: [], finalCodes: [] } }),
    ).toMatchObject({
      state: 'dead',
      reasonDetail: 'The target answered 500. There is no other try.',
    });
  });

  test("ends at the target's own final codes, but a success stays one", () => {
    const policy = { scheduleSeconds: [5], finalCodes: [503, 200] };
    expect(decideAfter(1, answer(503), { policy })).toMatchObject({
      state: 'dead',
      reason: 'http_503',
    });
    expect(decideAfter(1, answer(200), { policy }).state).toBe('succeeded');
  });
});
