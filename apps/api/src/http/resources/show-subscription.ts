import { toWireTime } from '../../contract/from-domain.ts';
import type { Subscription } from '../../contract/subscriptions.ts';
import type { Resource } from '../../domain/resources.ts';

export function showSubscription({
  id,
  body,
  createdAt,
  updatedAt,
}: Resource<'subscription'>): Subscription {
  const { transform, ...rest } = body;
  return {
    id,
    ...rest,
    transform: transform && {
      ...transform,
      ...(transform.headers ? { headers: { ...transform.headers } } : {}),
    },
    createdAt: toWireTime(createdAt),
    updatedAt: toWireTime(updatedAt),
  };
}
