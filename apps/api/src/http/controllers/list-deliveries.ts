import type { z } from 'zod';
import type { DeliveryListQuery } from '../../contract/deliveries.ts';
import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { deliveryFilterOf } from '../resources/delivery-filter.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import type { Services } from '../services.ts';

export async function listDeliveries(
  services: Services,
  { query }: Input<unknown, z.output<typeof DeliveryListQuery>>,
): Promise<Answer> {
  const page = await services.store.listDeliveries(deliveryFilterOf(query), pageOf(query));
  return listAnswer(page, toWireDelivery);
}
