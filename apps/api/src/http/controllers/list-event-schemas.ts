import type { Answer, Input } from '../exchange.ts';
import { loadEventType } from '../resources/event-types.ts';
import type { Services } from '../services.ts';

export async function listEventSchemas(
  services: Services,
  { params }: Input<{ eventType: string }>,
): Promise<Answer> {
  const { schemas } = await loadEventType(services, params.eventType);
  return { status: 200, body: { data: schemas } };
}
