import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { findEvent } from '../resources/find-event.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listEventDeliveries(
  services: Services,
  { params, query }: Input<{ eventId: string }, PageInput>,
): Promise<Answer> {
  const { id } = await findEvent(services, params.eventId);
  const page = await services.store.listDeliveries({ eventId: [id] }, pageOf(query));
  return listAnswer(page, toWireDelivery);
}
