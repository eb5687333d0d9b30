import { hash } from 'node:crypto';

export const KEY_BYTES = 16;

/** The key that makes `(source, eventId)` unique over all days: 128 bits of their SHA-256. */
export function eventKey(source: string, eventId: string): Buffer {
  // A source is a URI reference and holds no line break, so the pair cannot be cut in two ways.
  return hash('sha256', `${source}\n${eventId}`, 'buffer').subarray(0, KEY_BYTES);
}
