import { GatewayError, type Fault } from '../../domain/errors.ts';
import type { ReplayDestination } from '../../domain/job.ts';
import type { Services } from '../services.ts';

/**
 * Checks that a replay can go where it is to go. A paused target is fine: the replay waits until it is resumed.
 * @throws GatewayError `invalid_request` that names each member at fault
 */
export async function checkDestination(
  { store }: Pick<Services, 'store'>,
  destination: ReplayDestination,
): Promise<void> {
  const faults: Fault[] = [];

  async function checkTarget(id: string, pointer: string, name: string): Promise<void> {
    const target = await store.getResource('target', id);
    if (!target) {
      const detail = `${name} names no target; there is no ${id}.`;
      faults.push({ pointer, code: 'unknown_target', detail });
    } else if (target.body.state === 'disabled') {
      const detail = `${name} leads to the target "${target.body.name}", which is disabled; enable it first.`;
      faults.push({ pointer, code: 'target_disabled', detail });
    }
  }

  async function checkSubscription(id: string, index: number): Promise<void> {
    const pointer = `/destination/subscriptionIds/${index}`;
    const name = `"destination.subscriptionIds[${index}]"`;
    const subscription = await store.getResource('subscription', id);
    if (!subscription) {
      const detail = `${name} names no subscription; there is no ${id}.`;
      faults.push({ pointer, code: 'unknown_subscription', detail });
    } else if (subscription.body.state === 'paused') {
      const detail = `${name} is the subscription "${subscription.body.name}", which is paused; resume it first.`;
      faults.push({ pointer, code: 'subscription_paused', detail });
    } else {
      await checkTarget(subscription.body.targetId, pointer, name);
    }
  }

  if (destination.kind === 'target') {
    await checkTarget(destination.targetId, '/destination/targetId', '"destination.targetId"');
  } else if (destination.kind === 'subscriptions') {
    await Promise.all(destination.subscriptionIds.map(checkSubscription));
  }
  const [first] = faults;
  if (first) throw new GatewayError('invalid_request', first.detail, { faults });
}
