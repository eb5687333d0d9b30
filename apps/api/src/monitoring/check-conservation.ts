import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventStatus } from '../domain/event.ts';
import type { Store } from '../store/store.ts';

export interface ConservationReport {
  events: { accepted: number; balanced: boolean } & Record<EventStatus, number>;
  deliveries: { made: number; balanced: boolean } & Record<DeliveryState, number>;
}

/**
 * The law of conservation: what was counted when it was taken in equals what the rows hold now. The two sides come from different
 * tables, in one snapshot.
 */
export async function checkConservation(
  store: Pick<Store, 'conservation'>,
): Promise<ConservationReport> {
  const { counted, events, deliveries } = await store.conservation();
  return {
    events: { accepted: counted.accepted, ...events, balanced: counted.accepted === sum(events) },
    deliveries: { made: counted.made, ...deliveries, balanced: counted.made === sum(deliveries) },
  };
}

/** How many events and deliveries stand on one side only. */
export function differenceOf({ events, deliveries }: ConservationReport): number {
  const { accepted, balanced: eventsBalanced, ...byStatus } = events;
  const { made, balanced: deliveriesBalanced, ...byState } = deliveries;
  if (eventsBalanced && deliveriesBalanced) return 0;
  return Math.abs(accepted - sum(byStatus)) + Math.abs(made - sum(byState));
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
