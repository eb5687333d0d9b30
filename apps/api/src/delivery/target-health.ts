import type { DecidableOutcome } from './decide.ts';

/** What an attempt says about the target itself. `unknown`: nothing, the target was not asked or its answer is about the event. */
export type AttemptHealth = 'up' | 'down' | 'unknown';

/** Reads an attempt's outcome for the breaker: 4xx answers other than 408, 425 and 429 come from a target that works. */
export function healthOf(outcome: DecidableOutcome): AttemptHealth {
  if (outcome.outcome === 'skipped') return 'unknown';
  if (outcome.outcome === 'answered')
    return outcome.statusCode >= 500 || [408, 425, 429].includes(outcome.statusCode)
      ? 'down'
      : 'up';
  return ['internal', 'transform_failed'].includes(outcome.errorKind) ? 'unknown' : 'down';
}
