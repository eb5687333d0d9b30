import type { Answer, Input } from '../exchange.ts';
import { showSchema } from '../resources/event-types.ts';
import { findSchema } from '../resources/find-schema.ts';
import { deleteResource } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

export async function deleteEventSchema(
  services: Services,
  input: Input<{ eventType: string; version: string }>,
): Promise<Answer> {
  const schema = await findSchema(services, input.params.eventType, input.params.version);
  return deleteResource(services, input, showSchema, schema);
}
