import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { actOnDelivery } from '../resources/act-on-delivery.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import type { Services } from '../services.ts';

/** Due at once, with a fresh retry schedule. Rejects with `conflict` in a state that has nothing to retry. */
export async function retryDelivery(
  services: Services,
  input: Input<{ deliveryId: string }>,
): Promise<Answer> {
  const before = await findDelivery(services, input.params.deliveryId);
  const delivery = await actOnDelivery(services, input, 'retry', before);
  services.delivery.wake();
  return { status: 200, body: toWireDelivery(delivery) };
}
