import { isMediaType } from './media-type.ts';
import { isTimestamp } from './timestamp.ts';
import { isAbsoluteUri, isUriReference } from './uri.ts';

/** What is wrong with a value: a stable code, and what was expected. */
export interface RuleFault {
  code: string;
  detail: string;
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
// Control characters, lone surrogates and non-characters (CloudEvents 1.0, section 3.1, String).
const FORBIDDEN_CHARACTER = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const NAME = /^[a-z0-9]+$/;
// What is indexed must fit an index entry of every store engine.
const MAX_INDEXED_BYTES = 1024;
// The others stand in every delivery, some of them in headers.
const MAX_OTHER_BYTES = 2048;

/** Whether a name may be an attribute's (CloudEvents 1.0, section 3.1: lower-case letters and digits). */
export function isAttributeName(name: string): boolean {
  return NAME.test(name);
}

export function checkString(value: string): RuleFault | null {
  if (PRINTABLE_ASCII.test(value) || !FORBIDDEN_CHARACTER.test(value)) return null;
  return {
    code: 'invalid_characters',
    detail: 'must hold no control characters, lone surrogates or non-characters',
  };
}

type Rule = (value: string) => RuleFault | null;

function nonEmpty(value: string): RuleFault | null {
  return value === '' ? { code: 'empty', detail: 'must not be empty' } : checkString(value);
}

/** In UTF-8; null when it is short enough. */
export function checkLength(value: string, maxBytes: number): RuleFault | null {
  // A code unit takes three bytes at most.
  const tooLong = value.length * 3 > maxBytes && Buffer.byteLength(value) > maxBytes;
  return tooLong
    ? { code: 'too_long', detail: `must be at most ${maxBytes} bytes long in UTF-8` }
    : null;
}

function indexed(value: string): RuleFault | null {
  return nonEmpty(value) ?? checkLength(value, MAX_INDEXED_BYTES);
}

function bounded(value: string): RuleFault | null {
  return nonEmpty(value) ?? checkLength(value, MAX_OTHER_BYTES);
}

function matching(
  test: (value: string) => boolean,
  code: string,
  detail: string,
  first: Rule,
): Rule {
  return (value) => first(value) ?? (test(value) ? null : { code, detail });
}

/** The rule of each attribute that CloudEvents 1.0 defines (section 3.1). */
export const ATTRIBUTE_RULES = {
  specversion: matching(
    (value) => value === '1.0',
    'unsupported_specversion',
    'must be "1.0"',
    nonEmpty,
  ),
  id: indexed,
  source: matching(
    isUriReference,
    'invalid_uri',
    'must be a URI-reference such as "/shop/orders"; percent-encode what a URI may not hold',
    indexed,
  ),
  type: indexed,
  subject: indexed,
  time: matching(
    isTimestamp,
    'invalid_time',
    'must be an RFC 3339 time with an offset, such as "2026-01-31T12:00:00Z"',
    bounded,
  ),
  datacontenttype: matching(
    isMediaType,
    'invalid_media_type',
    'must be a media type such as "application/json", in printable ASCII',
    bounded,
  ),
  dataschema: matching(
    isAbsoluteUri,
    'invalid_uri',
    'must be an absolute URI without a fragment, such as "https://example.com/order/2"',
    bounded,
  ),
} as const satisfies Record<string, Rule>;
export type CoreAttribute = keyof typeof ATTRIBUTE_RULES;

export function isCoreAttribute(name: string): name is CoreAttribute {
  return Object.hasOwn(ATTRIBUTE_RULES, name);
}
