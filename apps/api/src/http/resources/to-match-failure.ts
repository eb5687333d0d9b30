import type { MatchFailure } from '../../contract/tests.ts';
import type { PatternFailure } from '../../routing/explain-pattern.ts';

/** A failed leaf as answers show it: `actual` is left out where the event has nothing there. */
export function toMatchFailure(failure: PatternFailure): MatchFailure {
  const { pointer, operator, expected, actual, present } = failure;
  return present ? { pointer, operator, expected, actual } : { pointer, operator, expected };
}
