import type { EventRecord } from '../domain/event.ts';
import type { Resource } from '../domain/resources.ts';
import { orderingKeyOf } from '../routing/ordering-key.ts';
import type { RoutingIndex } from '../routing/routing-index.ts';
import { toDocument } from '../routing/to-document.ts';

/** An active subscription that an event matched. */
export interface Route {
  subscriptionId: string;
  targetId: string;
  /** Null: unordered. */
  orderingKey: string | null;
}

/**
 * Every active subscription that an event matches; `parsedData` is its payload, undefined unless it is JSON. Throws
 * `invalid_event` when matching takes too many steps.
 */
export type RouteEvent = (event: EventRecord, parsedData: unknown) => readonly Route[];

/** The narrow view of the configuration that routing needs. */
export interface RouteCatalogue {
  /** Over the active subscriptions only. */
  routing(): Pick<RoutingIndex, 'match'>;
  subscription(id: string): Pick<Resource<'subscription'>, 'body'> | undefined;
}

/** Routes by the index that the configuration holds at that moment. */
export function createRouteEvent(catalogue: RouteCatalogue): RouteEvent {
  return (event, parsedData) => {
    const document = toDocument(event, parsedData);
    return catalogue
      .routing()
      .match(document)
      .flatMap((subscriptionId) => {
        const subscription = catalogue.subscription(subscriptionId);
        if (!subscription) return [];
        const { targetId, orderingKey: path } = subscription.body;
        const orderingKey = path === null ? null : orderingKeyOf(document, path);
        return [{ subscriptionId, targetId, orderingKey }];
      });
  };
}
