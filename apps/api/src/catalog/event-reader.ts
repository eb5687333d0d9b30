import type { EventRecord } from '../domain/event.ts';
import type { Resource } from '../domain/resources.ts';
import { matchPattern } from '../routing/match-pattern.ts';
import { orderingKeyOf } from '../routing/ordering-key.ts';
import { toDocument } from '../routing/to-document.ts';
import type { Catalog } from './catalog.ts';

/** What subscriptions ask of one stored event. */
export interface EventReading {
  /** Whether it matches the pattern; false for a subscription that is gone. */
  matches(subscriptionId: string): boolean;
  /** The key by which the subscription orders it; null: unordered. */
  orderingKey(subscription: Resource<'subscription'>): string | null;
}

/** Makes the function that reads a stored event, once and only when something is asked of it. */
export function createEventReader(catalog: Pick<Catalog, 'compiledPattern'>) {
  return (event: EventRecord): EventReading => {
    let document: Record<string, unknown> | null = null;
    const read = () => (document ??= toDocument(event));
    return {
      matches(subscriptionId) {
        const pattern = catalog.compiledPattern(subscriptionId);
        return pattern !== undefined && matchPattern(pattern, read());
      },
      orderingKey({ body }) {
        return body.orderingKey === null ? null : orderingKeyOf(read(), body.orderingKey);
      },
    };
  };
}
