import type { Answer, Input } from '../exchange.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import { showAttempt } from '../resources/show-attempt.ts';
import type { Services } from '../services.ts';

export async function listAttempts(
  services: Services,
  { params }: Input<{ deliveryId: string }>,
): Promise<Answer> {
  const delivery = await findDelivery(services, params.deliveryId);
  const attempts = await services.store.listAttempts(delivery.id);
  const event = attempts.length > 0 ? await services.store.getEvent(delivery.eventId) : null;
  const data = attempts.map((attempt) => showAttempt(services, attempt, event));
  return { status: 200, body: { data } };
}
