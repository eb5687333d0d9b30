import type { Delivery } from '../domain/delivery.ts';
import type { EventRecord } from '../domain/event.ts';
import type { NewDelivery } from './store.ts';

/** A delivery as it stands when it was leased in the moment of its birth. */
export function bornLeased(event: EventRecord, delivery: NewDelivery): Delivery {
  return {
    id: delivery.id,
    eventId: event.id,
    eventType: event.type,
    sourceId: event.sourceId,
    subscriptionId: delivery.subscriptionId,
    targetId: delivery.targetId,
    state: 'delivering',
    orderingKey: delivery.orderingKey,
    waitsFor: null,
    attemptCount: 0,
    scheduleStart: 0,
    nextAttemptAt: null,
    reason: null,
    reasonDetail: null,
    lastStatusCode: null,
    lastErrorKind: null,
    createdAt: event.receivedAt,
    finishedAt: null,
    replayId: null,
  };
}
