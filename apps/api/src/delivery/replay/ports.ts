import type { EventRecord } from '../../domain/event.ts';
import type { Resource } from '../../domain/resources.ts';
import type { DeliveryCatalog } from '../ports.ts';

/** What replays need from the rest of the gateway; each is passed in. */

/** The configuration as this process knows it now; may lag behind the store by a moment. */
export interface ReplayCatalog extends Pick<DeliveryCatalog, 'target' | 'subscription'> {
  subscriptions(): Iterable<Resource<'subscription'>>;
}

/** Reads a stored event, for what subscriptions ask of it. */
export type ReadEvent = (event: EventRecord) => {
  /** Whether it matches the pattern. */
  matches(subscriptionId: string): boolean;
  /** The key by which the subscription orders it; null: unordered. */
  orderingKey(subscription: Resource<'subscription'>): string | null;
};
