import type { z } from 'zod';
import type { DeliveryWork, DeliveryWorkResult } from '../../contract/deliveries.ts';
import { isActionAllowed, type DeliveryAction } from '../../domain/delivery-states.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import type { Services } from '../services.ts';
import { actOnDelivery } from './act-on-delivery.ts';
import { deliveryFilterOf } from './delivery-filter.ts';

const PAGE = 100;

/** Retries or cancels one page of the deliveries of a filter; the answer says where to go on. */
export async function workOnDeliveries(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof DeliveryWork>>,
  action: DeliveryAction,
): Promise<Answer> {
  const { filter, cursor = null } = input.body;
  const page = await services.store.listDeliveries(deliveryFilterOf(filter), {
    limit: PAGE,
    cursor,
  });
  let done = 0;
  for (const delivery of page.items) {
    if (!isActionAllowed(action, delivery.state)) continue;
    try {
      await actOnDelivery(services, input, action, delivery);
      done += 1;
    } catch (error) {
      // It went on by itself meanwhile.
      if (!(error instanceof GatewayError) || error.code !== 'conflict') throw error;
    }
  }
  services.delivery.wake();
  const body: DeliveryWorkResult = {
    done,
    passedOver: page.items.length - done,
    nextCursor: page.nextCursor,
  };
  return { status: 200, body };
}
