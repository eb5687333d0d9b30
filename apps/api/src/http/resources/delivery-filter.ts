import type { z } from 'zod';
import type { DeliveryFilters } from '../../contract/deliveries.ts';
import type { DeliveryFilter } from '../../store/store.ts';
import { timeOf } from './event-filter.ts';
import { givenOf } from './merge-patch.ts';

/** The store's filter for what a query asks for. */
export function deliveryFilterOf(query: Partial<z.output<typeof DeliveryFilters>>): DeliveryFilter {
  return givenOf({
    state: query.state,
    eventId: query.eventId,
    targetId: query.targetId,
    subscriptionId: query.subscriptionId,
    sourceId: query.sourceId,
    type: query.type,
    reason: query.reason,
    orderingKey: query.orderingKey,
    codeClass: query.codeClass,
    errorKind: query.errorKind,
    replayId: query.replayId,
    createdAfter: timeOf(query.createdAfter),
    createdBefore: timeOf(query.createdBefore),
  });
}
