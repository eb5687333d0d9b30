import { isDeepStrictEqual } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { compileSchemaPattern } from './schema-pattern.ts';

// Nothing that has one of the formats is longer; their expressions are not linear in time.
const MAX_FORMATTED_LENGTH = 2048;

/**
 * A validator of JSON Schema draft 2020-12 for a single schema: a fresh one each time, so that the `$id`s of one schema never
 * leak into another. Formats are asserted; unknown keywords and formats are let be. Every check takes time linear in the payload,
 * regular expressions included.
 */
export function createSchemaEngine(): Ajv2020 {
  const engine = new Ajv2020({
    allErrors: true,
    strict: false,
    logger: false,
    validateSchema: false,
    inlineRefs: false,
    ownProperties: true,
    formats: boundedFormats(),
    code: { regExp: Object.assign(compileSchemaPattern, { code: 'compileSchemaPattern' }) },
  });
  engine.removeKeyword('uniqueItems');
  engine.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    compile: (wanted: boolean) => (items: unknown[]) => !wanted || areUnique(items),
    error: { message: 'must NOT have duplicate items' },
  });
  return engine;
}

function boundedFormats(): Record<string, (text: string) => boolean> {
  const bounded: Record<string, (text: string) => boolean> = {};
  for (const [name, format] of Object.entries(fullFormats)) {
    const test = stringTest(format);
    if (test) bounded[name] = (text) => text.length <= MAX_FORMATTED_LENGTH && test(text);
  }
  return bounded;
}

function stringTest(format: unknown): ((text: string) => boolean) | null {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format as (text: string) => boolean;
  if (typeof format !== 'object' || format === null || !('validate' in format)) return null;
  // `int32` and its like look at numbers.
  if ('type' in format && format.type === 'number') return null;
  return stringTest(format.validate);
}

/** Compares in linear time, where the built-in keyword takes quadratic time for anything but plain scalars. */
function areUnique(items: readonly unknown[]): boolean {
  const seen = new Map<string, unknown[]>();
  for (const item of items) {
    const key = canonical(item);
    const alike = seen.get(key);
    if (alike?.some((other) => isDeepStrictEqual(other, item))) return false;
    if (alike) alike.push(item);
    else seen.set(key, [item]);
  }
  return true;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1));
  });
}
