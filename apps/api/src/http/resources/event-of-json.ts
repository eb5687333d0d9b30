import type { ExtensionValue } from '../../domain/event.ts';
import type { RenderedEvent } from '../../transform/attributes-of.ts';

const ATTRIBUTES = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'detail-type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
  'data_base64',
  'detail',
]);

/**
 * An event as transforms see it, from a JSON object that was pasted in: `detail` and `detail-type` stand for `data` and `type`, what
 * is missing gets an example's value, further scalars are extensions.
 */
export function eventOfJson(json: Readonly<Record<string, unknown>>, now: number): RenderedEvent {
  const data = json['data'] ?? json['detail'];
  const hasData = 'data' in json || 'detail' in json;
  const extensions = Object.entries(json).filter(
    (entry): entry is [string, ExtensionValue] =>
      !ATTRIBUTES.has(entry[0]) && ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return {
    eventId: textOf(json['id']) ?? 'example',
    source: textOf(json['source']) ?? '/example',
    type: textOf(json['type']) ?? textOf(json['detail-type']) ?? 'example',
    subject: textOf(json['subject']),
    time: textOf(json['time']),
    dataContentType: textOf(json['datacontenttype']),
    dataSchema: textOf(json['dataschema']),
    extensions: Object.fromEntries(extensions),
    dataKind: hasData ? 'json' : 'none',
    data: hasData ? Buffer.from(JSON.stringify(data ?? null)) : null,
    receivedAt: now,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
