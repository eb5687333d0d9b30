import type { z } from 'zod';
import type { EventSchemaCreate } from '../../contract/event-types.ts';
import { checkSchema } from '../../ingest/check-schema.ts';
import type { Answer, Input } from '../exchange.ts';
import { findEventType, loadEventType, showSchema } from '../resources/event-types.ts';
import { listAll } from '../resources/list-all.ts';
import { registerEventType } from '../resources/register-event-type.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

/** Adds the next version; payloads are checked against the newest. A type that was only seen so far is registered by it. */
export async function createEventSchema(
  services: Services,
  input: Input<{ eventType: string }, unknown, z.output<typeof EventSchemaCreate>>,
): Promise<Answer> {
  const { schema } = input.body;
  checkSchema(schema);
  const { name } = await loadEventType(services, input.params.eventType);
  if (!(await findEventType(services, name)))
    await registerEventType(services, input, { name, description: '' });
  const versions = (await listAll(services, 'event-schema', name)).map(
    ({ body }) => body.schemaVersion,
  );
  const schemaVersion = 1 + Math.max(0, ...versions);
  const resource = await insertResource(services, input, showSchema, {
    kind: 'event-schema',
    id: services.ids('sch'),
    name: String(schemaVersion),
    parentId: name,
    body: { eventType: name, schemaVersion, schema },
  });
  const location = `/v1/event-types/${encodeURIComponent(name)}/schemas/${schemaVersion}`;
  return createdAnswer(resource, location, showSchema(resource));
}
