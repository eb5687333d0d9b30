import type { EventRecord } from '../../domain/event.ts';
import { foldPayload, foldWords } from '../search-text.ts';

/*
 * What the full-text index holds of an event: its words, and the spans of time that it lies in, each span under a name that no word
 * can have. A search that asks for a word and for some spans reads the entries of these spans only, however common the word is
 * (the index steps over the rest of the word's entries), so it can go back in time in pieces.
 */

/** Spans are 2^10 ms (one second) long, or 16 times as long as the next shorter ones: up to 2^26 ms (18.6 hours). */
export const SPAN_BITS: readonly number[] = [10, 14, 18, 22, 26];

/** The span of `2 ** bits` milliseconds that has this number, counted from 1970, as the index knows it. */
export function spanName(bits: number, number: number): string {
  return `~${bits}:${number}`;
}

/** What the index needs of an event. */
export type IndexedEvent = Pick<
  EventRecord,
  'id' | 'eventId' | 'subject' | 'data' | 'dataKind' | 'receivedAt'
>;

/** The entries of an event, a space between two, as `array_to_tsvector(string_to_array(…, ' '))` takes them. */
export function eventWords(event: IndexedEvent): string {
  const words = foldWords(`${event.id} ${event.eventId} ${event.subject ?? ''}`);
  const spans = SPAN_BITS.map((bits) => spanName(bits, Math.floor(event.receivedAt / 2 ** bits)));
  const payload = payloadWords(event);
  return `${words} ${payload}${payload === '' ? '' : ' '}${spans.join(' ')}`;
}

function payloadWords({ data, dataKind }: IndexedEvent): string {
  if (data === null) return '';
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return foldPayload(bytes, dataKind === 'json');
}
