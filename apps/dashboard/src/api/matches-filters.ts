import type { Delivery } from '@signalbox/api/contract';
import type { DeliveryFilterArgs, EventFilterArgs } from './filter-types.ts';
import type { StreamEvent } from './stream-messages.ts';

const isOneOf = (wanted: readonly string[] | undefined, value: string | null) =>
  wanted === undefined || wanted.length === 0 || (value !== null && wanted.includes(value));

/** Whether a streamed event belongs in a list; `unknown` when only the server can tell (free text). */
export function eventMatches(event: StreamEvent, filters: EventFilterArgs): boolean | 'unknown' {
  const fits =
    isOneOf(filters.source, event.source) &&
    isOneOf(filters.sourceId, event.sourceId) &&
    isOneOf(filters.type, event.type) &&
    isOneOf(filters.subject, event.subject) &&
    isOneOf(filters.status, event.status) &&
    isWithin(event.receivedAt, filters.receivedAfter, filters.receivedBefore);
  if (!fits) return false;
  return filters.q === undefined || filters.q.trim() === '' ? true : 'unknown';
}

/** Whether a delivery, as it is now, belongs in a list. */
export function deliveryMatches(delivery: Delivery, filters: DeliveryFilterArgs): boolean {
  const status = delivery.lastStatusCode;
  const codeClass = status === null ? null : `${String(Math.floor(status / 100))}xx`;
  return (
    isOneOf(filters.state, delivery.state) &&
    isOneOf(filters.eventId, delivery.eventId) &&
    isOneOf(filters.targetId, delivery.targetId) &&
    isOneOf(filters.subscriptionId, delivery.subscriptionId) &&
    isOneOf(filters.sourceId, delivery.sourceId) &&
    isOneOf(filters.type, delivery.eventType) &&
    isOneOf(filters.reason, delivery.reason) &&
    isOneOf(filters.codeClass, codeClass) &&
    isOneOf(filters.errorKind, delivery.lastErrorKind) &&
    isOneOf(filters.replayId, delivery.replayId) &&
    isOneOf(filters.orderingKey, delivery.orderingKey) &&
    isWithin(delivery.createdAt, filters.createdAfter, filters.createdBefore)
  );
}

function isWithin(at: string, after: string | undefined, before: string | undefined): boolean {
  const time = Date.parse(at);
  if (after !== undefined && time < Date.parse(after)) return false;
  return before === undefined || time < Date.parse(before);
}
