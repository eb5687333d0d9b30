import { SUBSCRIPTION_DELETED } from '../../domain/delivery.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { showSubscription } from '../resources/show-subscription.ts';
import type { Services } from '../services.ts';

/** Its waiting deliveries are cancelled; the finished ones stay to be read. */
export async function deleteSubscription(
  services: Services,
  input: Input<{ subscriptionId: string }>,
): Promise<Answer> {
  const subscription = await findResource(services, 'subscription', input.params.subscriptionId);
  const answer = await deleteResource(services, input, showSubscription, subscription);
  await services.store.cancelWaiting(
    { subscriptionId: subscription.id },
    SUBSCRIPTION_DELETED,
    services.clock.now(),
  );
  services.delivery.wake();
  return answer;
}
