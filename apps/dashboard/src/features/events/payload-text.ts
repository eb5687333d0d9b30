import type { Event } from '@signalbox/api/contract';

/** The payload for a person to read: pretty JSON, or base64 where it is not JSON. */
export function payloadText(event: Pick<Event, 'data' | 'dataBase64'>): string {
  if (event.dataBase64 !== undefined) return event.dataBase64;
  if (event.data === undefined) return '(no data)';
  return JSON.stringify(event.data, null, 2);
}
