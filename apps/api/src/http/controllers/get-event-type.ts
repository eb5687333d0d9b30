import type { Answer, Input } from '../exchange.ts';
import { etagOf } from '../resources/etag.ts';
import { findEventType, loadEventType } from '../resources/event-types.ts';
import type { Services } from '../services.ts';

export async function getEventType(
  services: Services,
  { params }: Input<{ eventType: string }>,
): Promise<Answer> {
  const body = await loadEventType(services, params.eventType);
  const resource = await findEventType(services, params.eventType);
  return resource
    ? { status: 200, headers: { etag: etagOf(resource) }, body }
    : { status: 200, body };
}
