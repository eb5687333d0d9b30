import type { TargetFormat } from '../domain/delivery.ts';
import type { RenderedEvent } from './attributes-of.ts';
import { attributesOf, contentTypeOf } from './attributes-of.ts';
import { decodeText } from './decode-text.ts';
import { isJsonType } from './is-json-type.ts';
import { percentEncode } from './percent-encode.ts';
import { renderStructured } from './render-structured.ts';

/** What is sent: exact body bytes (possibly none), the `Content-Type` (null: no such header) and further headers. */
export interface RenderedRequest {
  body: Uint8Array;
  contentType: string | null;
  headers: Readonly<Record<string, string>>;
}

/**
 * An event in one of the fixed formats. The payload is the bytes that came in, never parsed and printed again.
 * `standard` follows Standard Webhooks; the others CloudEvents 1.0 (HTTP binding and JSON format).
 */
export function renderFormat(event: RenderedEvent, format: TargetFormat): RenderedRequest {
  switch (format) {
    case 'standard':
      return { body: renderStandard(event), contentType: 'application/json', headers: {} };
    case 'cloudevents-structured':
      return {
        body: renderStructured(event),
        contentType: 'application/cloudevents+json',
        headers: {},
      };
    case 'cloudevents-binary':
      return { ...renderData(event), headers: headersOf(event) };
    case 'data':
      return { ...renderData(event), headers: {} };
  }
}

/** `{"type","timestamp","data"}`; without `data` where the event has none, which differs from `null`. */
function renderStandard(event: RenderedEvent): Buffer {
  const timestamp = event.time ?? new Date(event.receivedAt).toISOString();
  const start = `{"type":${JSON.stringify(event.type)},"timestamp":${JSON.stringify(timestamp)}`;
  if (event.data === null || event.dataKind === 'none') return Buffer.from(`${start}}`);
  const data = event.dataKind === 'json' ? event.data : Buffer.from(asJsonText(event, event.data));
  return Buffer.concat([Buffer.from(`${start},"data":`), data, Buffer.from('}')]);
}

function asJsonText(event: RenderedEvent, bytes: Uint8Array): string {
  const isText = /^text\//i.test(event.dataContentType ?? '');
  const text = isText ? decodeText(bytes) : null;
  return JSON.stringify(text ?? Buffer.from(bytes).toString('base64'));
}

function renderData(event: RenderedEvent): { body: Uint8Array; contentType: string | null } {
  const contentType = contentTypeOf(event);
  if (event.data === null || event.dataKind === 'none')
    return { body: new Uint8Array(0), contentType };
  const isWrappedText =
    event.dataKind === 'json' && contentType !== null && !isJsonType(contentType);
  return { body: isWrappedText ? unwrapText(event.data) : event.data, contentType };
}

// A structured event carries data of another type than JSON as a JSON string (CloudEvents JSON format 1.0, section 3.1.1).
function unwrapText(json: Uint8Array): Uint8Array {
  const value: unknown = JSON.parse(Buffer.from(json).toString('utf8'));
  return typeof value === 'string' ? Buffer.from(value) : json;
}

function headersOf(event: RenderedEvent): Record<string, string> {
  return Object.fromEntries(
    attributesOf(event).map(([name, value]) => [`ce-${name}`, percentEncode(String(value))]),
  );
}
