import { GatewayError } from '../domain/errors.ts';
import { MAX_MATCH_STEPS } from './limits.ts';

/** The work that one match may still do, in steps. */
export interface MatchBudget {
  left: number;
}

export function createMatchBudget(): MatchBudget {
  return { left: MAX_MATCH_STEPS };
}

/** Takes steps off a budget; throws `GatewayError('invalid_event')` with a fault at `/data` when there are none left. */
export function spend(budget: MatchBudget, steps: number): void {
  budget.left -= steps;
  if (budget.left < 0) throw tooCostly();
}

function tooCostly(): GatewayError {
  const detail =
    `the data take more than ${MAX_MATCH_STEPS} steps to match against the patterns; send shorter arrays, ` +
    'and write each path in one way ("order": { "total": … } or "order.total", not both)';
  return new GatewayError('invalid_event', `The event is not valid: ${detail}.`, {
    faults: [{ pointer: '/data', code: 'too_costly', detail }],
  });
}
