import type { z } from 'zod';
import type { SubscriptionUpdate } from '../../contract/subscriptions.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { SubscriptionBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkSubscription } from '../resources/check-subscription.ts';
import { findResource } from '../resources/find-resource.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showAnswer, updateResource } from '../resources/save-resource.ts';
import { showSubscription } from '../resources/show-subscription.ts';
import { toTransform } from '../resources/to-transform.ts';
import type { Services } from '../services.ts';

/** Pattern and transform are documents in languages of their own: they are replaced whole, not merged. */
export async function updateSubscription(
  services: Services,
  input: Input<{ subscriptionId: string }, unknown, z.output<typeof SubscriptionUpdate>>,
): Promise<Answer> {
  const before = await findResource(services, 'subscription', input.params.subscriptionId);
  const { transform, ...rest } = input.body;
  const body: SubscriptionBody = {
    ...before.body,
    ...givenOf(rest),
    ...(transform === undefined ? {} : { transform: transform && toTransform(transform) }),
  };
  if (body.targetId !== before.body.targetId) throw targetIsFixed();
  await checkSubscription(services, body);
  const after = await updateResource(services, input, showSubscription, before, {
    body,
    name: body.name,
  });
  services.delivery.wake();
  return showAnswer(after, showSubscription);
}

function targetIsFixed(): GatewayError {
  const detail = '"targetId" cannot be changed; make a new subscription for the other target.';
  return new GatewayError('conflict', detail, {
    faults: [{ pointer: '/targetId', code: 'fixed', detail }],
  });
}
