import { toWireEvent } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { findEvent } from '../resources/find-event.ts';
import type { Services } from '../services.ts';

export async function getEvent(
  services: Services,
  { params }: Input<{ eventId: string }>,
): Promise<Answer> {
  return { status: 200, body: toWireEvent(await findEvent(services, params.eventId), true) };
}
