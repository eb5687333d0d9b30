import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import type { Services } from '../services.ts';

export async function getDelivery(
  services: Services,
  { params }: Input<{ deliveryId: string }>,
): Promise<Answer> {
  return { status: 200, body: toWireDelivery(await findDelivery(services, params.deliveryId)) };
}
