import type { ReplayDestination } from '../../domain/job.ts';
import type { ReplayedDelivery, ScannedEvent } from '../../store/store.ts';
import type { ReadEvent, ReplayCatalog } from './ports.ts';

export type PlannedDelivery = Omit<ReplayedDelivery, 'id'>;

export interface ReplayPlanner {
  /** The deliveries that a replay makes of one event, as the configuration is now. A subscription that is gone is left out. */
  plan(destination: ReplayDestination, scanned: ScannedEvent): PlannedDelivery[];
  /** Whether `plan` reads payloads: for patterns and ordering keys. */
  needsData(destination: ReplayDestination): boolean;
}

/** Decides what a replay makes of each event; the preview and the job ask the same. */
export function createReplayPlanner(deps: {
  catalog: ReplayCatalog;
  readEvent: ReadEvent;
}): ReplayPlanner {
  const { catalog } = deps;

  return {
    plan(destination, { event, originals }) {
      if (destination.kind === 'target') {
        const { targetId } = destination;
        return [{ eventId: event.id, subscriptionId: null, targetId, orderingKey: null }];
      }
      const isOriginal = destination.kind === 'original';
      const ids = isOriginal ? originals : destination.subscriptionIds;
      const reading = deps.readEvent(event);
      return ids
        .flatMap((id) => catalog.subscription(id) ?? [])
        .filter(({ id }) => isOriginal || reading.matches(id))
        .map((subscription) => ({
          eventId: event.id,
          subscriptionId: subscription.id,
          targetId: subscription.body.targetId,
          orderingKey: reading.orderingKey(subscription),
        }));
    },
    needsData(destination) {
      if (destination.kind === 'target') return false;
      if (destination.kind === 'subscriptions') return true;
      return [...catalog.subscriptions()].some(({ body }) => body.orderingKey !== null);
    },
  };
}
