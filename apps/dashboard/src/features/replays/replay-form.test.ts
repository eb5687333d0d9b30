import { describe, expect, test } from '@jest/globals';
import { EMPTY_REPLAY, formToDestination, formToRate, missingIn, toggled } from './replay-form.ts';

describe('the form of a replay', () => {
  test('goes to where the events went unless told otherwise', () => {
    expect(formToDestination(EMPTY_REPLAY)).toEqual({ kind: 'original' });
    expect(missingIn(EMPTY_REPLAY)).toBeNull();
  });

  test('waits for a target or a subscription to be chosen, and says so', () => {
    for (const to of ['target', 'subscriptions'] as const) {
      const form = { ...EMPTY_REPLAY, to };
      expect(formToDestination(form)).toBeNull();
      expect(missingIn(form)).toMatch(/^Choose a (target|subscription)\.$/);
    }
  });

  test('sends what was chosen', () => {
    expect(formToDestination({ ...EMPTY_REPLAY, to: 'target', targetId: 'tgt_1' })).toEqual({
      kind: 'target',
      targetId: 'tgt_1',
    });
    const subscriptionIds = toggled(toggled(toggled([], 'sub_1'), 'sub_2'), 'sub_1');
    expect(formToDestination({ ...EMPTY_REPLAY, to: 'subscriptions', subscriptionIds })).toEqual({
      kind: 'subscriptions',
      subscriptionIds: ['sub_2'],
    });
  });

  test('an empty rate is none', () => {
    expect(formToRate(EMPTY_REPLAY)).toBe(100);
    expect(formToRate({ ...EMPTY_REPLAY, ratePerSecond: ' ' })).toBeNull();
  });
});
