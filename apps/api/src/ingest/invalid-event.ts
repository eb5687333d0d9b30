import { GatewayError, type Fault } from '../domain/errors.ts';
import type { Refusal } from './incoming-event.ts';

/** The refusal of an event that breaks the rules; there is at least one fault. */
export function invalidEvent(faults: readonly Fault[]): Refusal {
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const first = faults[0]?.detail ?? 'it breaks the rules of CloudEvents';
  return { code: 'invalid_event', message: `The event is not valid: ${first}${more}.`, faults };
}

/** What `action` gives, or the refusal of the event that it throws `invalid_event` for; `pointer` is where the event stands. */
export function refusing<T>(pointer: string, action: () => T): T | Refusal {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'invalid_event') throw error;
    return invalidEvent(
      error.faults.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` })),
    );
  }
}

/** A refusal as the error that answers a request with one event. */
export function refusalError(refusal: Refusal): GatewayError {
  return new GatewayError(refusal.code, refusal.message, { faults: refusal.faults });
}

/** The error that answers a whole batch; names every refused index. */
export function batchRefused(
  refusals: readonly { index: number; refusal: Refusal }[],
  size: number,
): GatewayError {
  const codes = new Set(refusals.map(({ refusal }) => refusal.code));
  const [only] = codes;
  const code = codes.size === 1 && only ? only : 'invalid_event';
  const indexes = refusals.map(({ index }) => index).join(', ');
  return new GatewayError(
    code,
    `${refusals.length} of ${size} events were refused, so nothing was stored. Refused indexes: ${indexes}. ` +
      'Mend them, or send ?partial=true to have the others stored.',
    { faults: refusals.flatMap(({ refusal }) => refusal.faults) },
  );
}
