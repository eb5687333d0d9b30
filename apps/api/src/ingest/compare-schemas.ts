import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../domain/errors.ts';
import { escapePointer } from './escape-pointer.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Keywords with a bound that is stricter the higher, or the lower, it is. */
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Keywords that are compared as they stand: any new or changed one may refuse what passed before. */
const OPAQUE = [
  'pattern',
  'format',
  'const',
  'multipleOf',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  '$ref',
];
const MOST_DEPTH = 32;

/**
 * Where a JSON Schema may refuse payloads that an earlier one let through: required members, narrower types, values,
 * bounds and closed objects. It compares keyword by keyword and does not reason about combinations, which it reports
 * wherever they differ. Pointers lead into `after`.
 */
export function compareSchemas(before: unknown, after: unknown): Fault[] {
  return compare(before, after, '', 0);
}

function compare(before: unknown, after: unknown, pointer: string, depth: number): Fault[] {
  if (isDeepStrictEqual(before, after) || after === true || before === false) return [];
  if (depth > MOST_DEPTH) return [];
  if (after === false) return [fault(pointer, 'refused', 'is no longer allowed at all')];
  const old = asSchema(before);
  const fresh = asSchema(after);
  return [
    ...compareTypes(old, fresh, pointer),
    ...compareRequired(old, fresh, pointer),
    ...compareValues(old, fresh, pointer),
    ...compareBounds(old, fresh, pointer),
    ...compareOpaque(old, fresh, pointer),
    ...compareMembers(old, fresh, pointer, depth),
  ];
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function compareTypes(old: Schema, fresh: Schema, pointer: string): Fault[] {
  const allowed = listOf(fresh['type']);
  if (allowed.length === 0) return [];
  const isCovered = (type: unknown) =>
    allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
  const before = listOf(old['type']);
  const lost = before.filter((type) => !isCovered(type));
  if (before.length > 0 && lost.length === 0) return [];
  const what = before.length === 0 ? 'any type' : lost.join(', ');
  return [fault(`${pointer}/type`, 'type', `must now be ${allowed.join(' or ')}; was ${what}`)];
}

function compareRequired(old: Schema, fresh: Schema, pointer: string): Fault[] {
  const known = listOf(old['required']);
  return listOf(fresh['required'])
    .filter((name) => !known.includes(name))
    .map((name) => fault(`${pointer}/required`, 'required', `now requires ${String(name)}`));
}

function compareValues(old: Schema, fresh: Schema, pointer: string): Fault[] {
  if (!Array.isArray(fresh['enum'])) return [];
  const allowed: unknown[] = fresh['enum'];
  if (!Array.isArray(old['enum'])) {
    return [fault(`${pointer}/enum`, 'enum', 'now allows listed values only')];
  }
  return old['enum']
    .filter((value) => !allowed.some((one) => isDeepStrictEqual(one, value)))
    .map((value) => fault(`${pointer}/enum`, 'enum', `no longer allows ${JSON.stringify(value)}`));
}

function compareBounds(old: Schema, fresh: Schema, pointer: string): Fault[] {
  const tighter = (keyword: string, isHigher: boolean): Fault[] => {
    const now = fresh[keyword];
    const was = old[keyword];
    if (typeof now !== 'number') return [];
    const isTighter = typeof was !== 'number' || (isHigher ? now > was : now < was);
    if (!isTighter) return [];
    const detail = `${keyword} is now ${String(now)}; was ${typeof was === 'number' ? String(was) : 'not set'}`;
    return [fault(`${pointer}/${keyword}`, keyword, detail)];
  };
  return [
    ...LOWER_BOUNDS.flatMap((keyword) => tighter(keyword, true)),
    ...UPPER_BOUNDS.flatMap((keyword) => tighter(keyword, false)),
  ];
}

function compareOpaque(old: Schema, fresh: Schema, pointer: string): Fault[] {
  return OPAQUE.filter(
    (keyword) => fresh[keyword] !== undefined && !isDeepStrictEqual(fresh[keyword], old[keyword]),
  ).map((keyword) => fault(`${pointer}/${keyword}`, keyword, `${keyword} is new or has changed`));
}

function compareMembers(old: Schema, fresh: Schema, pointer: string, depth: number): Fault[] {
  const before = asSchema(old['properties']);
  const after = asSchema(fresh['properties']);
  const isClosed = (schema: Schema) => schema['additionalProperties'] === false;
  const closed =
    isClosed(fresh) && !isClosed(old)
      ? [fault(`${pointer}/additionalProperties`, 'closed', 'no longer allows further members')]
      : [];
  const removed = isClosed(fresh) ? Object.keys(before).filter((name) => !(name in after)) : [];
  return [
    ...closed,
    ...removed.map((name) =>
      fault(`${pointer}/properties`, 'removed', `no longer allows the member ${name}`),
    ),
    ...Object.entries(after).flatMap(([name, schema]) => {
      const place = `${pointer}/properties/${escapePointer(name)}`;
      // What was not described could be anything, unless the object was closed to it.
      const was = name in before ? before[name] : isClosed(old) ? false : true;
      return compare(was, schema, place, depth + 1);
    }),
    ...('items' in fresh
      ? compare(old['items'] ?? true, fresh['items'], `${pointer}/items`, depth + 1)
      : []),
  ];
}
