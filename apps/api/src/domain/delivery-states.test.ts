import { describe, expect, test } from '@jest/globals';
import {
  DELIVERY_ACTIONS,
  DELIVERY_STATES,
  isActionAllowed,
  isTransitionAllowed,
  OPEN_STATES,
  TRANSITIONS,
} from './delivery-states.ts';

describe('delivery states', () => {
  test('every state can be reached from pending', () => {
    const reached = new Set(['pending']);
    for (const state of reached) {
      for (const next of TRANSITIONS[state as keyof typeof TRANSITIONS]) reached.add(next);
    }
    expect([...reached].sort()).toEqual([...DELIVERY_STATES].sort());
  });

  test('a success is never left', () => {
    expect(DELIVERY_STATES.filter((state) => isTransitionAllowed('succeeded', state))).toEqual([]);
  });

  test('only a lease leads to an end by attempt', () => {
    for (const end of ['succeeded', 'dead'] as const) {
      expect(DELIVERY_STATES.filter((state) => isTransitionAllowed(state, end))).toEqual([
        'delivering',
      ]);
    }
  });

  test('whatever a person may retry can become pending, and what they may cancel can be cancelled', () => {
    for (const state of DELIVERY_ACTIONS.retry)
      expect(isTransitionAllowed(state, 'pending')).toBe(true);
    for (const state of DELIVERY_ACTIONS.cancel)
      expect(isTransitionAllowed(state, 'cancelled')).toBe(true);
  });

  test('nothing can be done to a delivery that is on its way or has arrived', () => {
    for (const action of ['retry', 'cancel'] as const) {
      expect(isActionAllowed(action, 'delivering')).toBe(false);
      expect(isActionAllowed(action, 'succeeded')).toBe(false);
    }
  });

  test('open states are those that may still succeed without a person', () => {
    expect([...OPEN_STATES].sort()).toEqual(['delivering', 'pending', 'retrying']);
  });
});
