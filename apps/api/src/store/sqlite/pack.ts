import type { Attempt } from '../../domain/delivery.ts';
import { bornLeased } from '../born-leased.ts';
import { dataKindCode, stateCode, statusCode } from '../codes.ts';
import type { AppendResult, Claim, NewDelivery, NewEvent, Settlement } from '../store.ts';
import type {
  AppendOutcome,
  AttemptTuple,
  DeliveryTuple,
  EventTuple,
  SettleTuple,
} from './commands.ts';

/** Puts an event into its compact form; its payload, if any, is added to `blobs`. */
export function packEvent({ event, deliveries }: NewEvent, blobs: Uint8Array[]): EventTuple {
  const dataKind = event.data === null ? 'none' : event.dataKind;
  if (event.data !== null) blobs.push(event.data);
  return [
    event.id,
    event.eventId,
    event.source,
    event.type,
    event.subject,
    event.time,
    event.dataContentType,
    event.dataSchema,
    jsonUnlessEmpty(event.extensions),
    dataKindCode(dataKind),
    event.sourceId,
    statusCode(event.status),
    event.statusDetail,
    event.receivedAt,
    event.sizeBytes,
    event.traceparent,
    deliveries.map(packDelivery),
  ];
}

function packDelivery(delivery: NewDelivery): DeliveryTuple {
  const { id, subscriptionId, targetId, orderingKey } = delivery;
  const handOff = delivery.handOff ? 1 : 0;
  return orderingKey === null
    ? [id, subscriptionId, targetId, handOff]
    : [id, subscriptionId, targetId, handOff, orderingKey];
}

/** Joins what was asked with the writer's short answer. */
export function unpackAppend(
  { event, deliveries }: NewEvent,
  outcome: AppendOutcome,
): AppendResult {
  if (Array.isArray(outcome)) {
    const [eventId, status, deliveryCount] = outcome;
    return { outcome: 'duplicate', eventId, status, deliveryCount, claims: [] };
  }
  const claims: Claim[] = [];
  for (const delivery of deliveries) {
    if (outcome !== 0 && outcome.waiting.includes(delivery.id)) continue;
    if (delivery.handOff) claims.push({ delivery: bornLeased(event, delivery), fence: 1, event });
  }
  return {
    outcome: 'accepted',
    eventId: event.id,
    status: event.status,
    deliveryCount: deliveries.length,
    claims,
  };
}

/** Puts an outcome into its compact form; the attempt's bodies are added to `blobs`. */
export function packSettlement(settlement: Settlement, blobs: Uint8Array[]): SettleTuple {
  const { deliveryId, fence, attempt, next, at } = settlement;
  return [
    deliveryId,
    fence,
    stateCode(next.state),
    next.nextAttemptAt,
    next.reason,
    next.reasonDetail,
    at,
    attempt && packAttempt(attempt, blobs),
  ];
}

function packAttempt(attempt: Attempt, blobs: Uint8Array[]): AttemptTuple {
  const { request, response } = attempt;
  if (request?.body) blobs.push(request.body);
  if (response) blobs.push(response.body);
  return [
    attempt.id,
    attempt.number,
    attempt.startedAt,
    attempt.durationMs,
    attempt.statusCode,
    attempt.errorKind,
    attempt.error,
    request &&
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        format: request.format,
      }),
    request?.body ? 1 : 0,
    response && JSON.stringify({ headers: response.headers, truncated: response.truncated }),
  ];
}

function jsonUnlessEmpty(members: object): string | null {
  for (const name in members) if (Object.hasOwn(members, name)) return JSON.stringify(members);
  return null;
}
