import { GatewayError } from '../domain/errors.ts';
import { createSchemaEngine } from './schema-engine.ts';
import { compileSchemaPattern } from './schema-pattern.ts';
import { escapePointer } from './escape-pointer.ts';

const MAX_SCHEMA_BYTES = 64 * 1024;
const MAX_SCHEMA_DEPTH = 64;
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Keywords whose values are data, not schemas. */
const DATA_KEYWORDS = ['const', 'default', 'enum', 'examples'];
const REFERENCES = ['$ref', '$dynamicRef'];

/**
 * Checks a JSON Schema (draft 2020-12) before it is saved. References may only point into the schema itself; regular
 * expressions must be ones that run in linear time, see `compileSchemaPattern`.
 * Throws `invalid_schema`; the fault's pointer leads into the schema.
 */
export function checkSchema(schema: unknown): void {
  if (typeof schema === 'boolean') return;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw invalid('', 'not_a_schema', 'a schema must be an object or a boolean');
  }
  walk(schema, '', 1);
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_SCHEMA_BYTES) {
    throw invalid('', 'too_large', `a schema may be at most ${MAX_SCHEMA_BYTES} bytes long`);
  }
  const engine = createSchemaEngine();
  if (engine.validateSchema(schema) !== true) {
    const [first] = engine.errors ?? [];
    throw invalid(
      first?.instancePath ?? '',
      first?.keyword ?? 'invalid',
      first?.message ?? 'invalid',
    );
  }
  try {
    engine.compile(schema);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'it cannot be compiled';
    throw invalid(pointerOfReference(schema, detail), 'unusable', detail);
  }
}

function walk(value: unknown, pointer: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_SCHEMA_DEPTH) {
    throw invalid(pointer, 'too_deep', `a schema may nest at most ${MAX_SCHEMA_DEPTH} levels`);
  }
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${escapePointer(key)}`;
    checkMember(key, inner, place);
    if (!DATA_KEYWORDS.includes(key)) walk(inner, place, depth + 1);
  }
}

function checkMember(key: string, value: unknown, pointer: string): void {
  if (key === '$async' && value === true) {
    throw invalid(pointer, 'unsupported', '"$async" is not part of JSON Schema');
  }
  if (key === '$schema' && typeof value === 'string' && value.replace(/#$/, '') !== DIALECT) {
    throw invalid(
      pointer,
      'unsupported',
      `only draft 2020-12 is read here: leave $schema out or set it to "${DIALECT}"`,
    );
  }
  if (key === 'pattern' && typeof value === 'string') checkPattern(value, pointer);
  if (key === 'patternProperties' && typeof value === 'object' && value !== null) {
    for (const pattern of Object.keys(value)) {
      checkPattern(pattern, `${pointer}/${escapePointer(pattern)}`);
    }
  }
}

function checkPattern(pattern: string, pointer: string): void {
  try {
    compileSchemaPattern(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown syntax';
    throw invalid(
      pointer,
      'invalid_pattern',
      `the regular expression cannot be run in linear time: ${why}`,
    );
  }
}

/** Where the reference stands that a message of the engine speaks of; empty when it speaks of none. */
function pointerOfReference(schema: object, message: string): string {
  const found = references(schema, '').find(({ target }) => message.includes(target));
  return found?.pointer ?? '';
}

function references(value: unknown, pointer: string): { pointer: string; target: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${pointer}/${escapePointer(key)}`;
    if (REFERENCES.includes(key) && typeof inner === 'string')
      return [{ pointer: place, target: inner }];
    return references(inner, place);
  });
}

function invalid(pointer: string, code: string, detail: string): GatewayError {
  const place = pointer === '' ? '' : ` at ${pointer}`;
  return new GatewayError('invalid_schema', `The schema is not valid${place}: ${detail}.`, {
    faults: [{ pointer, code, detail }],
  });
}
