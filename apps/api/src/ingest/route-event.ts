import type { EventRecord } from '../domain/event.ts';
import type { Resource } from '../domain/resources.ts';
import type { RoutingIndex } from '../routing/routing-index.ts';
import { toDocument } from '../routing/to-document.ts';

/** An active subscription that an event matched. */
export interface Route {
  subscriptionId: string;
  targetId: string;
}

/** Every active subscription that an event matches; `parsedData` is its payload, undefined unless it is JSON. */
export type RouteEvent = (event: EventRecord, parsedData: unknown) => readonly Route[];

/** The narrow view of the configuration that routing needs. */
export interface RouteCatalogue {
  /** Over the active subscriptions only. */
  routing(): Pick<RoutingIndex, 'match'>;
  subscription(id: string): Pick<Resource<'subscription'>, 'body'> | undefined;
}

/** Routes by the index that the configuration holds at that moment. */
export function createRouteEvent(catalogue: RouteCatalogue): RouteEvent {
  return (event, parsedData) =>
    catalogue
      .routing()
      .match(toDocument(event, parsedData))
      .flatMap((subscriptionId) => {
        const subscription = catalogue.subscription(subscriptionId);
        return subscription ? [{ subscriptionId, targetId: subscription.body.targetId }] : [];
      });
}
