import type { Fault } from '../domain/errors.ts';
import type { ExtensionValue } from '../domain/event.ts';
import { buildEvent } from './build-event.ts';
import { addFault, checkAttributes } from './check-attributes.ts';
import { escapePointer } from './escape-pointer.ts';
import { MAX_DATA_DEPTH, type ReadItem } from './incoming-event.ts';
import { invalidEvent } from './invalid-event.ts';
import { JsonScanner } from './json-scanner.ts';
import { NO_PAYLOAD, readJsonPayload } from './read-payload.ts';

const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const QUOTE = 0x22;
const MEMBERS = ['type', 'id', 'subject', 'time', 'source'];

/**
 * Reads the form for people who do not know CloudEvents: `{ "type": "order.created", "data": …, "id"?, "subject"?, "time"?,
 * "source"? }`. A missing `source` is `defaultSource`; a missing `id` is left to be made; `null` means missing, except for
 * `data`. Any other member is refused, with the way out.
 * Throws `malformed_json`.
 */
export function readPlain(body: Uint8Array, defaultSource: string): ReadItem {
  const scanner = new JsonScanner(body, MAX_DATA_DEPTH + 1);
  const first = scanner.peek();
  if (first !== OPEN_OBJECT) {
    scanner.value(0);
    scanner.end();
    return notAnObject(first === OPEN_ARRAY);
  }
  const members = scanner.members(0);
  scanner.end();
  const faults: Fault[] = [];
  const pointerOf = (name: string) => `/${escapePointer(name)}`;
  const attributes = new Map<string, ExtensionValue>([['source', defaultSource]]);
  for (const [name, span] of members) {
    if (name === 'data') continue;
    if (!MEMBERS.includes(name)) {
      addFault(
        faults,
        pointerOf(name),
        'unknown_member',
        unknownMember(name, members.has('specversion')),
      );
    } else if (scanner.bytes[span.start] === QUOTE) {
      attributes.set(name, scanner.stringAt(span));
    } else if (scanner.text(span) !== 'null') {
      addFault(faults, pointerOf(name), 'not_a_string', `${name} must be a string`);
    }
  }
  const typeIsFaulty = faults.some((fault) => fault.pointer === '/type');
  const checked = checkAttributes(attributes, typeIsFaulty ? [] : ['type'], pointerOf, faults);
  if (faults.length > 0) return invalidEvent(faults);
  const data = members.get('data');
  if (data) checked.core.datacontenttype = 'application/json';
  return buildEvent(checked, data ? readJsonPayload(scanner, data) : NO_PAYLOAD);
}

function notAnObject(isArray: boolean): ReadItem {
  const detail = isArray
    ? 'the body is an array; to send a batch use Content-Type: application/cloudevents-batch+json'
    : 'the body must be an object such as {"type":"order.created","data":{}}';
  return invalidEvent([{ pointer: '', code: 'not_an_object', detail }]);
}

function unknownMember(name: string, isCloudEvent: boolean): string {
  return isCloudEvent
    ? `"${name}" is not a member of the plain form; to send a CloudEvent use Content-Type: application/cloudevents+json`
    : `"${name}" is not a member of the plain form; move it into data, or send a CloudEvent (application/cloudevents+json) with it as an extension`;
}
