import type { ValidateFunction } from 'ajv/dist/2020.js';
import { createBoundedCache } from '../domain/bounded-cache.ts';
import type { Fault } from '../domain/errors.ts';
import type { Resource } from '../domain/resources.ts';
import { escapePointer } from './escape-pointer.ts';
import { createSchemaEngine } from './schema-engine.ts';

export { checkSchema } from './check-schema.ts';

/** One version of an event type's schema; a version never changes. */
export type EventSchema = Pick<Resource<'event-schema'>, 'id' | 'body'>;

/** Faults of a payload against a schema, pointers into the payload; empty when it fits. */
export type ValidateSchema = (schema: EventSchema, data: unknown) => readonly Fault[];

const MAX_FAULTS = 20;
const MAX_COMPILED = 1000;

/**
 * Validates payloads against JSON Schemas (draft 2020-12) that passed `checkSchema`. Each version is compiled once; the
 * least recently used ones are forgotten beyond 1,000.
 */
export function createSchemaValidator(): ValidateSchema {
  const compiled = createBoundedCache<ValidateFunction>(MAX_COMPILED);

  function validatorOf({ id, body }: EventSchema): ValidateFunction {
    const known = compiled.get(id);
    if (known) return known;
    const validator = createSchemaEngine().compile(body.schema as object | boolean);
    compiled.set(id, validator);
    return validator;
  }

  return (schema, data) => {
    try {
      const validate = validatorOf(schema);
      return validate(data) ? [] : faultsOf(validate);
    } catch (error) {
      // A schema may refer to itself without end.
      if (!(error instanceof RangeError)) throw error;
      return [
        { pointer: '', code: 'endless_schema', detail: 'the schema refers to itself without end' },
      ];
    }
  };
}

function faultsOf(validate: ValidateFunction): Fault[] {
  return (validate.errors ?? []).slice(0, MAX_FAULTS).map((error) => {
    const params = error.params as Record<string, unknown>;
    const missing = params['missingProperty'] ?? params['additionalProperty'];
    const step = typeof missing === 'string' ? `/${escapePointer(missing)}` : '';
    return {
      pointer: error.instancePath + step,
      code: error.keyword,
      detail: error.message ?? 'does not fit the schema',
    };
  });
}
