import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { deleteResource } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

/** Its schemas go with it; stored events stay. */
export async function deleteEventType(
  services: Services,
  input: Input<{ eventType: string }>,
): Promise<Answer> {
  const type = await findResource(services, 'event-type', input.params.eventType);
  return deleteResource(services, input, ({ body }) => body, type);
}
