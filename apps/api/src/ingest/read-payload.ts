import type { IncomingEvent } from './incoming-event.ts';
import { MAX_DATA_DEPTH } from './incoming-event.ts';
import { JsonScanner, startsWithByteOrderMark } from './json-scanner.ts';
import { isJsonMediaType } from './media-type.ts';

export type Payload = Pick<IncomingEvent, 'dataKind' | 'data' | 'parsedData'>;

export const NO_PAYLOAD: Payload = { dataKind: 'none', data: null, parsedData: undefined };

/**
 * Reads payload bytes that came apart from the attributes (a body in binary mode, `data_base64`). Declared as JSON they must be
 * JSON: CloudEvents would let them pass as opaque bytes, but then a pattern or a schema would meet something that is
 * not there, and a receiver would be told of JSON that does not parse. A byte order mark is not part of the JSON text
 * (RFC 8259, section 8.1) and is cut off. Nothing else is changed.
 * Throws `malformed_json`.
 */
export function readPayload(bytes: Uint8Array, contentType: string | null): Payload {
  if (contentType === null || !isJsonMediaType(contentType)) {
    return { dataKind: 'binary', data: ownBytes(bytes), parsedData: undefined };
  }
  const scanner = new JsonScanner(bytes, MAX_DATA_DEPTH);
  scanner.value(0);
  scanner.end();
  const data = ownBytes(startsWithByteOrderMark(bytes) ? bytes.subarray(3) : bytes);
  return { dataKind: 'json', data, parsedData: JSON.parse(asText(data)) as unknown };
}

/** Reads the JSON value at a place of a scanned text. */
export function readJsonPayload(
  scanner: JsonScanner,
  span: { start: number; end: number },
): Payload {
  return {
    dataKind: 'json',
    data: ownBytes(scanner.bytes.subarray(span.start, span.end)),
    parsedData: JSON.parse(scanner.text(span)) as unknown,
  };
}

// A view would keep the whole request alive, and would be sent between threads with all of it.
function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
