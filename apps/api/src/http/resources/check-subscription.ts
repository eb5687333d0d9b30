import { GatewayError } from '../../domain/errors.ts';
import type { SubscriptionBody } from '../../domain/resources.ts';
import { compilePattern } from '../../routing/compile-pattern.ts';
import type { Services } from '../services.ts';

/** Checks what the schema cannot: the pattern, the transform, and that the target is there. */
export async function checkSubscription(
  services: Pick<Services, 'store' | 'checkTransform'>,
  body: SubscriptionBody,
): Promise<void> {
  compilePattern(body.pattern);
  if (body.transform) services.checkTransform(body.transform);
  if (await services.store.getResource('target', body.targetId)) return;
  const detail = `"targetId" names no target; there is no ${body.targetId}.`;
  throw new GatewayError('invalid_request', detail, {
    faults: [{ pointer: '/targetId', code: 'unknown_target', detail }],
  });
}
