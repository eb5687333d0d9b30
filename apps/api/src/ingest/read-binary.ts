import type { Fault } from '../domain/errors.ts';
import { buildEvent } from './build-event.ts';
import { addFault, checkAttributes } from './check-attributes.ts';
import { decodeHeaderValue } from './header-value.ts';
import type { ReadItem, RequestHeaders } from './incoming-event.ts';
import { invalidEvent } from './invalid-event.ts';
import { NO_PAYLOAD, readPayload } from './read-payload.ts';

const PREFIX = 'ce-';
const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;

/** The required attributes that have no `ce-` header. None: the request is an event in binary mode. */
export function missingHeaders(headers: RequestHeaders): string[] {
  return REQUIRED.map((name) => PREFIX + name).filter((name) => headers[name] === undefined);
}

/**
 * Reads one event in binary mode (CloudEvents HTTP binding 1.0, section 3.1): every attribute is a header, the body is the
 * data, `Content-Type` is `datacontenttype`. An empty body means no data. Extensions are strings here.
 * A payload declared as JSON must parse, see `readPayload`. Throws `malformed_json`.
 */
export function readBinary(
  contentType: string | undefined,
  headers: RequestHeaders,
  body: Uint8Array,
): ReadItem {
  const faults: Fault[] = [];
  const attributes = new Map<string, string>();
  for (const header in headers) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    const value = headers[header];
    if (name === 'datacontenttype') {
      addFault(
        faults,
        header,
        'forbidden_header',
        'send Content-Type in place of ce-datacontenttype',
      );
    } else if (value !== undefined) {
      const decoded = decodeSingle(value);
      if ('text' in decoded) attributes.set(name, decoded.text);
      else addFault(faults, header, 'invalid_header', `${header}: ${decoded.fault}`);
    }
  }
  if (contentType !== undefined) attributes.set('datacontenttype', contentType.trim());
  const pointerOf = (name: string) => (name === 'datacontenttype' ? 'content-type' : PREFIX + name);
  const checked = checkAttributes(attributes, [], pointerOf, faults);
  if (faults.length > 0) return invalidEvent(faults);
  const payload =
    body.length === 0 ? NO_PAYLOAD : readPayload(body, checked.core.datacontenttype ?? null);
  return buildEvent(checked, payload);
}

function decodeSingle(value: string | readonly string[]): { text: string } | { fault: string } {
  if (typeof value === 'string') return decodeHeaderValue(value);
  const [only, ...others] = value;
  if (only === undefined || others.length > 0) return { fault: 'the header must be sent once' };
  return decodeHeaderValue(only);
}
