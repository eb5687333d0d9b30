import type { z } from 'zod';
import type { EventTypeCreate } from '../../contract/event-types.ts';
import type { Answer, Input } from '../exchange.ts';
import { loadEventType } from '../resources/event-types.ts';
import { registerEventType } from '../resources/register-event-type.ts';
import { createdAnswer } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

export async function createEventType(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof EventTypeCreate>>,
): Promise<Answer> {
  const { name } = input.body;
  const resource = await registerEventType(services, input, input.body);
  const location = `/v1/event-types/${encodeURIComponent(name)}`;
  return createdAnswer(resource, location, await loadEventType(services, name));
}
