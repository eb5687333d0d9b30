import type { z } from 'zod';
import type { EventSchemaTest } from '../../contract/event-types.ts';
import { checkSchema } from '../../ingest/check-schema.ts';
import { compareSchemas } from '../../ingest/compare-schemas.ts';
import { createSchemaValidator } from '../../ingest/validate-schema.ts';
import type { Answer, Input } from '../exchange.ts';
import { loadEventType } from '../resources/event-types.ts';
import type { Services } from '../services.ts';

const MOST_SAMPLES = 5;

/** What a schema would refuse: of a payload, of the newest stored events of the type, and that the newest version lets through. */
export async function testEventSchema(
  services: Services,
  input: Input<{ eventType: string }, unknown, z.output<typeof EventSchemaTest>>,
): Promise<Answer> {
  const { schema, data, limit } = input.body;
  checkSchema(schema);
  const { name, schemas } = await loadEventType(services, input.params.eventType);
  const newest = schemas.at(-1);
  const validate = createSchemaValidator();
  const tried = { id: 'tried', body: { eventType: name, schemaVersion: 0, schema } };
  const events =
    limit === 0
      ? []
      : (await services.store.listFullEvents({ type: [name] }, { limit, cursor: null })).items;
  const failures = events
    .filter((event) => event.dataKind === 'json' && event.data !== null)
    .map((event) => ({
      eventId: event.id,
      errors: validate(tried, JSON.parse(Buffer.from(event.data ?? []).toString('utf8'))),
    }))
    .filter(({ errors }) => errors.length > 0);
  const body = {
    errors: data === undefined ? null : validate(tried, data),
    stricter: newest === undefined ? [] : compareSchemas(newest.schema, schema),
    scanned: events.length,
    failed: failures.length,
    samples: failures.slice(0, MOST_SAMPLES),
  };
  return { status: 200, body };
}
