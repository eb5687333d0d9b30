import type { JobWait, ReplayDestination } from '../../domain/job.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import type { ReplayCatalog } from './ports.ts';

/** What keeps a replay from going on: for now, or for good with the reason for a person to read. */
export type Hindrance = { waitFor: JobWait } | { failure: string };

/** Makes the function that says what keeps a replay from going on; null: nothing. */
export function createFindHindrance(deps: {
  catalog: ReplayCatalog;
  store: Pick<Store, 'getResource'>;
}): (destination: ReplayDestination) => Promise<Hindrance | null> {
  const { catalog, store } = deps;

  // Another process may have made it a moment ago: only the store knows that it is gone.
  async function subscriptionOf(id: string): Promise<Resource<'subscription'> | null> {
    return catalog.subscription(id) ?? (await store.getResource('subscription', id));
  }

  async function ofTarget(id: string): Promise<Hindrance | null> {
    const target = catalog.target(id) ?? (await store.getResource('target', id));
    if (!target) return { failure: `The target ${id} was deleted.` };
    if (target.body.state === 'paused') return { waitFor: 'target_paused' };
    return target.body.state === 'disabled' ? { waitFor: 'target_disabled' } : null;
  }

  /** One that is paused holds up all, so that each event goes to all of them in the end; those that are gone are left out. */
  async function ofSubscriptions(ids: readonly string[]): Promise<Hindrance | null> {
    const found = (await Promise.all(ids.map(subscriptionOf))).filter((one) => one !== null);
    if (found.length === 0) return { failure: 'All subscriptions of this replay were deleted.' };
    if (found.some(({ body }) => body.state === 'paused'))
      return { waitFor: 'subscription_paused' };
    const targets = [...new Set(found.map(({ body }) => body.targetId))];
    const hindrances = await Promise.all(targets.map(ofTarget));
    // A target that goes takes its subscriptions along.
    return hindrances.find((one) => one !== null && 'waitFor' in one) ?? null;
  }

  return (destination) => {
    if (destination.kind === 'target') return ofTarget(destination.targetId);
    if (destination.kind === 'subscriptions') return ofSubscriptions(destination.subscriptionIds);
    // Deliveries to a paused target are made and wait there, like those of new events.
    return Promise.resolve(null);
  };
}
