import type { Answer, Input } from '../exchange.ts';
import { showSchema } from '../resources/event-types.ts';
import { findSchema } from '../resources/find-schema.ts';
import { showAnswer } from '../resources/save-resource.ts';
import type { Services } from '../services.ts';

export async function getEventSchema(
  services: Services,
  { params }: Input<{ eventType: string; version: string }>,
): Promise<Answer> {
  return showAnswer(await findSchema(services, params.eventType, params.version), showSchema);
}
