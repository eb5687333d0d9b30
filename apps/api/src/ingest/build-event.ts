import type { CheckedAttributes } from './check-attributes.ts';
import type { IncomingEvent } from './incoming-event.ts';
import type { Payload } from './read-payload.ts';

/** Puts checked attributes and payload together; `source` and `type` are known to be there. */
export function buildEvent(attributes: CheckedAttributes, payload: Payload): IncomingEvent {
  const { core, extensions } = attributes;
  return {
    eventId: core.id ?? null,
    source: core.source ?? '',
    type: core.type ?? '',
    subject: core.subject ?? null,
    time: core.time ?? null,
    dataContentType: core.datacontenttype ?? null,
    dataSchema: core.dataschema ?? null,
    extensions,
    dataKind: payload.dataKind,
    data: payload.data,
    parsedData: payload.parsedData,
  };
}
