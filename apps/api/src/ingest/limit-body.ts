import { GatewayError } from '../domain/errors.ts';
import type { IngestLimits } from './incoming-event.ts';

// Intermediaries must take events of this size (CloudEvents 1.0, "Size Limits").
const ALWAYS_ACCEPTED_BYTES = 64 * 1024;

/** Limits that never fall below what CloudEvents demands, nor a batch's below one event's. */
export function withFloor(limits: IngestLimits): IngestLimits {
  const maxEventBytes = Math.max(limits.maxEventBytes, ALWAYS_ACCEPTED_BYTES);
  return { ...limits, maxEventBytes, maxBatchBytes: Math.max(limits.maxBatchBytes, maxEventBytes) };
}

/** Throws `body_too_large` when a body is longer than one event may be. */
export function limitEventBody(body: Uint8Array, limits: IngestLimits): void {
  limit(body, withFloor(limits).maxEventBytes, 'An event');
}

/** Throws `body_too_large` when a body is longer than a batch may be. */
export function limitBatchBody(body: Uint8Array, limits: IngestLimits): void {
  limit(body, withFloor(limits).maxBatchBytes, 'A batch');
}

function limit(body: Uint8Array, maxBytes: number, what: string): void {
  if (body.length <= maxBytes) return;
  throw new GatewayError(
    'body_too_large',
    `${what} may be at most ${maxBytes} bytes long, and this one is ${body.length}.`,
  );
}
