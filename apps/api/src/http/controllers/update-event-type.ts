import type { z } from 'zod';
import type { EventTypeUpdate } from '../../contract/event-types.ts';
import type { Answer, Input } from '../exchange.ts';
import { etagOf } from '../resources/etag.ts';
import { loadEventType } from '../resources/event-types.ts';
import { findResource } from '../resources/find-resource.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { updateResource } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

export async function updateEventType(
  services: Services,
  input: Input<{ eventType: string }, unknown, z.output<typeof EventTypeUpdate>>,
): Promise<Answer> {
  const before = await findResource(services, 'event-type', input.params.eventType);
  const body = { ...before.body, ...givenOf(input.body) };
  const after = await updateResource(services, input, ({ body }) => body, before, { body });
  return {
    status: 200,
    headers: { etag: etagOf(after) },
    body: await loadEventType(services, body.name),
  };
}
