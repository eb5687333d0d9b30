import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { showAnswer } from '../resources/save-resource.ts';
import { showSubscription } from '../resources/show-subscription.ts';
import type { Services } from '../services.ts';

export async function getSubscription(
  services: Services,
  { params }: Input<{ subscriptionId: string }>,
): Promise<Answer> {
  const subscription = await findResource(services, 'subscription', params.subscriptionId);
  return showAnswer(subscription, showSubscription);
}
