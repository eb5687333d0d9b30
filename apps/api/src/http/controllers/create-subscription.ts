import type { z } from 'zod';
import type { SubscriptionCreate } from '../../contract/subscriptions.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkSubscription } from '../resources/check-subscription.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { showSubscription } from '../resources/show-subscription.ts';
import { toTransform } from '../resources/to-transform.ts';
import type { Services } from '../services.ts';

export async function createSubscription(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof SubscriptionCreate>>,
): Promise<Answer> {
  const { transform, ...rest } = input.body;
  const body = { ...rest, transform: transform && toTransform(transform) };
  await checkSubscription(services, body);
  const subscription = await insertResource(services, input, showSubscription, {
    kind: 'subscription',
    id: services.ids('sub'),
    name: body.name,
    parentId: body.targetId,
    body,
  });
  const location = `/v1/subscriptions/${subscription.id}`;
  return createdAnswer(subscription, location, showSubscription(subscription));
}
