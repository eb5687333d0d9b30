import type { Answer, Input } from '../exchange.ts';
import { notFound } from '../resources/find-resource.ts';
import { showAttempt } from '../resources/show-attempt.ts';
import type { Services } from '../services.ts';

export async function getAttempt(
  services: Services,
  { params }: Input<{ attemptId: string }>,
): Promise<Answer> {
  const { store } = services;
  const attempt =
    (await store.getAttempt(params.attemptId)) ??
    notFound(`There is no attempt ${params.attemptId}.`);
  const delivery = await store.getDelivery(attempt.deliveryId);
  const event = delivery && (await store.getEvent(delivery.eventId));
  return { status: 200, body: showAttempt(services, attempt, event) };
}
