import type { SubscriptionBody } from '../../domain/resources.ts';
import { compilePattern } from '../../routing/compile-pattern.ts';
import type { Services } from '../services.ts';
import { unknownTarget } from './unknown-target.ts';

/** Checks what the schema cannot: the pattern, the transform, and that the target is there. */
export async function checkSubscription(
  services: Pick<Services, 'store' | 'checkTransform'>,
  body: SubscriptionBody,
): Promise<void> {
  compilePattern(body.pattern);
  if (body.transform) services.checkTransform(body.transform);
  if (await services.store.getResource('target', body.targetId)) return;
  throw unknownTarget(body.targetId);
}
