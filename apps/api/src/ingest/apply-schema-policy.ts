import type { Fault } from '../domain/errors.ts';
import type { SchemaPolicy } from '../domain/resources.ts';
import type { IncomingEvent, Refusal } from './incoming-event.ts';
import type { EventSchema, ValidateSchema } from './validate-schema.ts';

/** The narrow view of the configuration that the schema policy needs. */
export interface SchemaCatalogue {
  /** The schemas of an event type, oldest version first. */
  schemas(eventType: string): readonly EventSchema[];
}

/** What the source's schema policy says of one event. */
export type SchemaVerdict =
  | { action: 'pass' }
  | { action: 'warn' | 'quarantine'; statusDetail: string }
  | { action: 'reject'; refusal: Refusal };

const PASS: SchemaVerdict = { action: 'pass' };
const NAMED_VERSION = /[/:=.#_-]v?([1-9][0-9]{0,8})\/?$/;
const FAULTS_IN_DETAIL = 5;
const MAX_DETAIL_LENGTH = 1000;

/**
 * Holds an event's payload to its type's schema: the version that `dataschema` ends with (`…/order.created/2`, `…/v2`), where
 * that version exists, else the latest. A type without schema passes. An event without JSON does not fit any schema.
 * @param pointer where the event stands in the request
 */
export function applySchemaPolicy(
  policy: SchemaPolicy,
  schemas: SchemaCatalogue,
  validate: ValidateSchema,
  event: IncomingEvent,
  pointer: string,
): SchemaVerdict {
  if (policy === 'off') return PASS;
  const schema = findSchema(schemas, event);
  if (!schema) return PASS;
  const faults = event.dataKind === 'json' ? validate(schema, event.parsedData) : NOT_JSON;
  if (faults.length === 0) return PASS;
  const summary = summarise(event.type, schema.body.schemaVersion, faults);
  if (policy !== 'reject') return { action: policy, statusDetail: summary };
  const placed = faults.map((fault) => ({ ...fault, pointer: `${pointer}/data${fault.pointer}` }));
  return {
    action: 'reject',
    refusal: {
      code: 'schema_violation',
      message: `The event is refused: ${summary}.`,
      faults: placed,
    },
  };
}

const NOT_JSON: readonly Fault[] = [
  { pointer: '', code: 'not_json', detail: 'the event carries no JSON data' },
];

function findSchema(catalogue: SchemaCatalogue, event: IncomingEvent): EventSchema | undefined {
  const versions = catalogue.schemas(event.type);
  if (versions.length === 0 || event.dataSchema === null) return versions.at(-1);
  const named = Number(NAMED_VERSION.exec(event.dataSchema)?.[1]);
  return versions.find(({ body }) => body.schemaVersion === named) ?? versions.at(-1);
}

function summarise(eventType: string, schemaVersion: number, faults: readonly Fault[]): string {
  const shown = faults
    .slice(0, FAULTS_IN_DETAIL)
    .map((fault) => `/data${fault.pointer} ${fault.detail}`)
    .join('; ');
  const more = faults.length > FAULTS_IN_DETAIL ? '; and more' : '';
  const text = `data does not fit schema version ${schemaVersion} of ${eventType}: ${shown}${more}`;
  return text.length > MAX_DETAIL_LENGTH ? `${text.slice(0, MAX_DETAIL_LENGTH - 1)}…` : text;
}
