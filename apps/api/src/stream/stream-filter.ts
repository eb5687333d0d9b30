import type { StreamMessageName } from '../contract/stream.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { EventSummary } from '../domain/event.ts';
import type { StreamMessage } from './messages.ts';

/**
 * The filters of the lists: values of one are ORed, several are ANDed; absent or empty: not filtered. Each applies to the messages
 * that have such a member: `targetId` narrows deliveries and targets, and leaves events alone.
 */
export interface StreamFilter {
  source?: readonly string[] | undefined;
  sourceId?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  subject?: readonly string[] | undefined;
  status?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  eventId?: readonly string[] | undefined;
  targetId?: readonly string[] | undefined;
  subscriptionId?: readonly string[] | undefined;
  reason?: readonly string[] | undefined;
  orderingKey?: readonly string[] | undefined;
  /** `2xx` … `5xx` of the last answer. */
  codeClass?: readonly string[] | undefined;
  errorKind?: readonly string[] | undefined;
  replayId?: readonly string[] | undefined;
}

/** What a stream may be asked for. */
export const STREAM_TOPICS = [
  'event.accepted',
  'delivery.updated',
  'target.updated',
  'source.updated',
  'subscription.updated',
  'alert.raised',
  'alert.updated',
  'stats',
] as const satisfies readonly StreamMessageName[];

/** A text that is equal for filters that mean the same. */
export function filterKey(topics: readonly string[], filter: StreamFilter): string {
  const filters = Object.entries(filter as Record<string, readonly string[] | undefined>)
    .filter(([, values]) => values !== undefined && values.length > 0)
    .map(([name, values = []]) => [name, [...values].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([[...topics].sort(), filters]);
}

/** Makes the function that says whether a stream wants a message. */
export function createMatcher(
  topics: readonly string[],
  filter: StreamFilter,
): (message: StreamMessage) => boolean {
  const wanted = new Set<string>(topics);
  const sets = new Map<string, ReadonlySet<string>>();
  for (const [name, values] of Object.entries(
    filter as Record<string, readonly string[] | undefined>,
  )) {
    if (values && values.length > 0) sets.set(name, new Set(values));
  }
  const allows = (name: keyof StreamFilter, value: string | null) => {
    const set = sets.get(name);
    return set === undefined || (value !== null && set.has(value));
  };

  const eventMatches = (event: EventSummary) =>
    allows('source', event.source) &&
    allows('sourceId', event.sourceId) &&
    allows('type', event.type) &&
    allows('subject', event.subject) &&
    allows('status', event.status) &&
    allows('eventId', event.id);

  const deliveryMatches = (delivery: Delivery) =>
    allows('state', delivery.state) &&
    allows('eventId', delivery.eventId) &&
    allows('targetId', delivery.targetId) &&
    allows('subscriptionId', delivery.subscriptionId) &&
    allows('sourceId', delivery.sourceId) &&
    allows('type', delivery.eventType) &&
    allows('reason', delivery.reason) &&
    allows('orderingKey', delivery.orderingKey) &&
    allows('codeClass', codeClassOf(delivery.lastStatusCode)) &&
    allows('errorKind', delivery.lastErrorKind) &&
    allows('replayId', delivery.replayId);

  return ({ name, change }) => {
    if (!wanted.has(name)) return false;
    if (sets.size === 0) return true;
    if (change.kind === 'event.accepted') return eventMatches(change.event);
    if (change.kind === 'delivery.updated') return deliveryMatches(change.delivery);
    if (name === 'alert.raised' || name === 'alert.updated') return true;
    if (name === 'target.updated') return allows('targetId', change.id);
    if (name === 'source.updated') return allows('sourceId', change.id);
    return allows('subscriptionId', change.id);
  };
}

function codeClassOf(statusCode: number | null): string | null {
  return statusCode === null ? null : `${Math.floor(statusCode / 100)}xx`;
}
