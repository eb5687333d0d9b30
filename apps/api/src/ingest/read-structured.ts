import { GatewayError, type Fault } from '../domain/errors.ts';
import type { ExtensionValue } from '../domain/event.ts';
import { buildEvent } from './build-event.ts';
import { addFault, checkAttributes } from './check-attributes.ts';
import { decodeBase64 } from './decode-base64.ts';
import { escapePointer } from './escape-pointer.ts';
import type { ReadItem } from './incoming-event.ts';
import { invalidEvent } from './invalid-event.ts';
import type { JsonScanner, Span } from './json-scanner.ts';
import { NO_PAYLOAD, readJsonPayload, readPayload, type Payload } from './read-payload.ts';

const OPEN_OBJECT = 0x7b;
const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;
const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;
const MIN_INTEGER = -(2 ** 31);
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * Reads the next value of a JSON text as one event of the CloudEvents JSON format 1.0: scalar attributes, where `null` means
 * unset, and `data` or `data_base64`. The bytes of `data` are cut out as they stand. Without `datacontenttype`, `data` is
 * JSON, and the event says so.
 * @param pointer where the event stands in the body, such as `/3`
 * @param depth how many arrays and objects the event stands in
 * @returns the event, or why it is refused; throws `malformed_json` when the text is not JSON
 */
export function readStructured(scanner: JsonScanner, pointer: string, depth: number): ReadItem {
  if (scanner.peek() !== OPEN_OBJECT) {
    scanner.value(depth);
    const detail = 'an event must be an object with specversion, id, source and type';
    return invalidEvent([{ pointer, code: 'not_an_object', detail }]);
  }
  const members = scanner.members(depth);
  const faults: Fault[] = [];
  const pointerOf = (name: string) => `${pointer}/${escapePointer(name)}`;
  const attributes = new Map<string, ExtensionValue>();
  for (const [name, span] of members) {
    if (name === 'data' || name === 'data_base64') continue;
    const value = readScalar(scanner, span);
    if (typeof value === 'object') {
      if (value) addFault(faults, pointerOf(name), value.code, `"${name}" ${value.detail}`);
    } else {
      attributes.set(name, value);
    }
  }
  const required = REQUIRED.filter(
    (name) => attributes.has(name) || !hasFault(faults, pointerOf(name)),
  );
  const checked = checkAttributes(attributes, required, pointerOf, faults);
  if (checked.core.datacontenttype === undefined && members.has('data')) {
    checked.core.datacontenttype = 'application/json';
  }
  const payload = readData(
    scanner,
    members,
    checked.core.datacontenttype ?? null,
    pointerOf,
    faults,
  );
  return faults.length > 0 ? invalidEvent(faults) : buildEvent(checked, payload);
}

function hasFault(faults: readonly Fault[], pointer: string): boolean {
  return faults.some((fault) => fault.pointer === pointer);
}

/** An attribute's value; null for unset, or what is wrong with it. */
function readScalar(
  scanner: JsonScanner,
  span: Span,
): ExtensionValue | { code: string; detail: string } | null {
  switch (String.fromCharCode(scanner.bytes[span.start] ?? 0)) {
    case '"':
      return scanner.stringAt(span);
    case 't':
      return true;
    case 'f':
      return false;
    case 'n':
      return null;
    case '{':
    case '[':
      return {
        code: 'not_a_scalar',
        detail: 'must be a string, an integer or a boolean; put objects and arrays into data',
      };
    default:
      return readInteger(scanner.text(span));
  }
}

function readInteger(text: string): number | { code: string; detail: string } {
  const value = Number(text);
  if (INTEGER.test(text) && value >= MIN_INTEGER && value <= MAX_INTEGER) return value;
  return {
    code: 'invalid_integer',
    detail:
      'must be a whole number of 32 bits, written without point or exponent; send other numbers as strings',
  };
}

function readData(
  scanner: JsonScanner,
  members: ReadonlyMap<string, Span>,
  contentType: string | null,
  pointerOf: (name: string) => string,
  faults: Fault[],
): Payload {
  const json = members.get('data');
  const base64 = members.get('data_base64');
  const base64Text = base64 && scanner.text(base64);
  if (!base64 || base64Text === 'null') return json ? readJsonPayload(scanner, json) : NO_PAYLOAD;
  const pointer = pointerOf('data_base64');
  if (json) {
    addFault(faults, pointer, 'two_payloads', 'send either data or data_base64, not both');
    return NO_PAYLOAD;
  }
  const bytes = base64Text?.startsWith('"') ? decodeBase64(scanner.stringAt(base64)) : null;
  if (!bytes) {
    const detail =
      'data_base64 must be a string of standard base64 with padding (RFC 4648, section 4)';
    addFault(faults, pointer, 'invalid_base64', detail);
    return NO_PAYLOAD;
  }
  try {
    return readPayload(bytes, contentType);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const detail = `data_base64 is declared as ${contentType ?? 'JSON'}: ${error.faults[0]?.detail ?? error.message}`;
    addFault(faults, pointer, 'malformed_json', detail);
    return NO_PAYLOAD;
  }
}
