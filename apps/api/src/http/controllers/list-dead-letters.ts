import type { z } from 'zod';
import type { DeadLetterQuery } from '../../contract/deliveries.ts';
import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { deliveryFilterOf } from '../resources/delivery-filter.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import type { Services } from '../services.ts';

export async function listDeadLetters(
  services: Services,
  { query }: Input<unknown, z.output<typeof DeadLetterQuery>>,
): Promise<Answer> {
  const filter = { ...deliveryFilterOf(query), state: ['dead' as const] };
  return listAnswer(await services.store.listDeliveries(filter, pageOf(query)), toWireDelivery);
}
