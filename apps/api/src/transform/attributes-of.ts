import type { EventRecord, ExtensionValue } from '../domain/event.ts';

/** The parts of an event that are rendered. */
export type RenderedEvent = Pick<
  EventRecord,
  | 'eventId'
  | 'source'
  | 'type'
  | 'subject'
  | 'time'
  | 'dataContentType'
  | 'dataSchema'
  | 'extensions'
  | 'dataKind'
  | 'data'
  | 'receivedAt'
>;

/** The CloudEvents attributes that the event has, in a fixed order, without `datacontenttype`. */
export function attributesOf(event: RenderedEvent): [name: string, value: ExtensionValue][] {
  const attributes: [string, ExtensionValue][] = [
    ['specversion', '1.0'],
    ['id', event.eventId],
    ['source', event.source],
    ['type', event.type],
  ];
  if (event.subject !== null) attributes.push(['subject', event.subject]);
  if (event.time !== null) attributes.push(['time', event.time]);
  if (event.dataSchema !== null) attributes.push(['dataschema', event.dataSchema]);
  return [...attributes, ...Object.entries(event.extensions)];
}

/** The declared media type of the payload; JSON that came without one is declared as JSON. */
export function contentTypeOf(event: RenderedEvent): string | null {
  return event.dataContentType ?? (event.dataKind === 'json' ? 'application/json' : null);
}
