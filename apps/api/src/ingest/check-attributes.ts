import type { Fault } from '../domain/errors.ts';
import type { ExtensionValue } from '../domain/event.ts';
import {
  ATTRIBUTE_RULES,
  checkLength,
  checkString,
  isAttributeName,
  isCoreAttribute,
  type CoreAttribute,
} from './attribute-rules.ts';

/** The attributes of one event as a reader found them; unset ones are not in it. */
export type Attributes = ReadonlyMap<string, ExtensionValue>;

export interface CheckedAttributes {
  core: Partial<Record<CoreAttribute, string>>;
  extensions: Record<string, ExtensionValue>;
}

const MAX_NAME_LENGTH = 100;
const MAX_EXTENSION_BYTES = 4096;
/** Of all extensions with their names. */
const MAX_EXTENSIONS_BYTES = 65_536;
// An answer stays small however bad the event is.
const MAX_FAULTS = 20;
const EXAMPLES = {
  specversion: '1.0',
  id: 'A234-1234',
  source: '/shop/orders',
  type: 'order.created',
};

export function addFault(faults: Fault[], pointer: string, code: string, detail: string): void {
  if (faults.length < MAX_FAULTS) faults.push({ pointer, code, detail });
}

/**
 * Holds attributes to the rules of CloudEvents 1.0 and parts those it defines from extensions.
 * @param required those that must be there
 * @param pointerOf where an attribute stands in the request
 * @param faults gets one entry for each fault
 */
export function checkAttributes(
  attributes: Attributes,
  required: readonly (keyof typeof EXAMPLES)[],
  pointerOf: (name: string) => string,
  faults: Fault[],
): CheckedAttributes {
  const checked: CheckedAttributes = { core: {}, extensions: {} };
  for (const [name, value] of attributes) {
    if (isCoreAttribute(name)) {
      const fault = checkCore(name, value);
      if (fault) addFault(faults, pointerOf(name), fault.code, `${name} ${fault.detail}`);
      else checked.core[name] = value as string;
    } else {
      const fault = checkExtension(name, value);
      if (fault) addFault(faults, pointerOf(name), fault.code, fault.detail);
      else checked.extensions[name] = value;
    }
  }
  const fault = checkTogether(checked.extensions);
  if (fault) addFault(faults, pointerOf(fault.name), fault.code, fault.detail);
  for (const name of required) {
    if (attributes.has(name)) continue;
    const detail = `${name} is missing; send a string such as "${EXAMPLES[name]}"`;
    addFault(faults, pointerOf(name), 'missing', detail);
  }
  return checked;
}

function checkCore(
  name: CoreAttribute,
  value: ExtensionValue,
): { code: string; detail: string } | null {
  if (typeof value === 'string') return ATTRIBUTE_RULES[name](value);
  return { code: 'not_a_string', detail: `must be a string, not a ${typeof value}` };
}

function checkExtension(
  name: string,
  value: ExtensionValue,
): { code: string; detail: string } | null {
  if (!isAttributeName(name)) {
    return {
      code: 'invalid_name',
      detail: `"${name}" cannot be an attribute; names are lower-case letters and digits`,
    };
  }
  if (name.length > MAX_NAME_LENGTH) {
    const detail = `"${name.slice(0, 20)}…" cannot be an attribute; names are at most ${MAX_NAME_LENGTH} characters long`;
    return { code: 'invalid_name', detail };
  }
  if (name === 'data') {
    return { code: 'invalid_name', detail: '"data" cannot be an attribute; the body is the data' };
  }
  const text = String(value);
  const fault = checkString(text) ?? checkLength(text, MAX_EXTENSION_BYTES);
  return fault && { code: fault.code, detail: `${name} ${fault.detail}` };
}

/** Names the extension that is one too many. */
function checkTogether(
  extensions: CheckedAttributes['extensions'],
): { name: string; code: string; detail: string } | null {
  let sizeBytes = 0;
  for (const [name, value] of Object.entries(extensions)) {
    sizeBytes += name.length + Buffer.byteLength(String(value));
    if (sizeBytes <= MAX_EXTENSIONS_BYTES) continue;
    const detail = `the extensions up to ${name} are ${sizeBytes} bytes long with their names; all of them together may be ${MAX_EXTENSIONS_BYTES}`;
    return { name, code: 'too_long', detail };
  }
  return null;
}
