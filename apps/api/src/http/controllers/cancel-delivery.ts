import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { actOnDelivery } from '../resources/act-on-delivery.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import type { Services } from '../services.ts';

/** Nothing more is sent for it. Rejects with `conflict` when it has ended or is being sent. */
export async function cancelDelivery(
  services: Services,
  input: Input<{ deliveryId: string }>,
): Promise<Answer> {
  const before = await findDelivery(services, input.params.deliveryId);
  const delivery = await actOnDelivery(services, input, 'cancel', before);
  services.delivery.wake();
  return { status: 200, body: toWireDelivery(delivery) };
}
