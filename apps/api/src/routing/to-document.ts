import type { EventRecord } from '../domain/event.ts';

/** What of an event a pattern can see. */
export type DocumentSource = Pick<
  EventRecord,
  'eventId' | 'source' | 'type' | 'subject' | 'time' | 'extensions' | 'dataKind' | 'data'
>;

/**
 * The object that patterns are matched against: `{ id, source, type, subject, time, data, …extensions }`, without the
 * members that the event does not have. Binary data are left out.
 * @param parsedData the payload where the caller has parsed it already; otherwise its JSON bytes are parsed here
 * @throws SyntaxError when the bytes of a `json` event are not JSON
 */
export function toDocument(event: DocumentSource, parsedData?: unknown): Record<string, unknown> {
  const document: Record<string, unknown> = {
    ...event.extensions,
    id: event.eventId,
    source: event.source,
    type: event.type,
  };
  if (event.subject !== null) document['subject'] = event.subject;
  if (event.time !== null) document['time'] = event.time;
  if (event.dataKind === 'json' && event.data !== null) {
    document['data'] = parsedData === undefined ? parseJson(event.data) : parsedData;
  }
  return document;
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
