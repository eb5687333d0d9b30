import { isUtf8 } from 'node:buffer';
import type { Attempt as AttemptRecord, Delivery as DeliveryRecord } from '../domain/delivery.ts';
import type { EventRecord, EventSummary } from '../domain/event.ts';
import type { Attempt, Delivery } from './deliveries.ts';
import type { Event } from './events.ts';

/**
 * From the records of the domain to the shapes of the contract. Pure; used by `http/` and `stream/`. Not part of
 * `index.ts`: the dashboard reads answers and never makes them.
 */

/** RFC 3339 in UTC with milliseconds, from milliseconds since 1970. */
export function toWireTime(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * An event as answers carry it. With `includeData`, JSON payloads become `data` and binary ones `dataBase64`;
 * an event without data has neither.
 */
export function toWireEvent(event: EventRecord, includeData: boolean): Event;
export function toWireEvent(event: EventSummary, includeData: false): Event;
export function toWireEvent(event: EventSummary | EventRecord, includeData: boolean): Event {
  return {
    id: event.id,
    eventId: event.eventId,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    dataContentType: event.dataContentType,
    dataSchema: event.dataSchema,
    extensions: { ...event.extensions },
    ...(includeData && 'data' in event ? toWireData(event) : {}),
    sourceId: event.sourceId,
    status: event.status,
    statusDetail: event.statusDetail,
    receivedAt: toWireTime(event.receivedAt),
    sizeBytes: event.sizeBytes,
    traceId: traceIdOf(event.traceparent),
  };
}

function toWireData(event: EventRecord): Pick<Event, 'data' | 'dataBase64'> {
  if (event.data === null) return {};
  const bytes = asBuffer(event.data);
  return event.dataKind === 'json'
    ? { data: JSON.parse(bytes.toString('utf8')) as unknown }
    : { dataBase64: bytes.toString('base64') };
}

/** The second field of a W3C `traceparent`. */
function traceIdOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}

/** A delivery as answers and the live stream carry it. */
export function toWireDelivery(delivery: DeliveryRecord): Delivery {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    sourceId: delivery.sourceId,
    subscriptionId: delivery.subscriptionId,
    targetId: delivery.targetId,
    state: delivery.state,
    orderingKey: delivery.orderingKey,
    waitsFor: delivery.waitsFor,
    attemptCount: delivery.attemptCount,
    nextAttemptAt: toWireTimeOrNull(delivery.nextAttemptAt),
    reason: delivery.reason,
    reasonDetail: delivery.reasonDetail,
    lastStatusCode: delivery.lastStatusCode,
    lastErrorKind: delivery.lastErrorKind,
    createdAt: toWireTime(delivery.createdAt),
    finishedAt: toWireTimeOrNull(delivery.finishedAt),
    replayId: delivery.replayId,
  };
}

/**
 * An attempt as answers carry it.
 * @param renderedBody the request's body where the record holds only its `format` (the caller renders it again from the event)
 */
export function toWireAttempt(attempt: AttemptRecord, renderedBody?: Uint8Array): Attempt {
  const { request, response } = attempt;
  return {
    id: attempt.id,
    deliveryId: attempt.deliveryId,
    number: attempt.number,
    startedAt: toWireTime(attempt.startedAt),
    durationMs: attempt.durationMs,
    statusCode: attempt.statusCode,
    errorKind: attempt.errorKind,
    error: attempt.error,
    request: request && {
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      ...toWireBody(request.body ?? renderedBody ?? new Uint8Array()),
    },
    response: response && {
      headers: { ...response.headers },
      ...toWireBody(response.body, response.truncated),
      truncated: response.truncated,
    },
  };
}

/** A body that was cut may end inside a character; that character is left out rather than the whole shown as base64. */
function toWireBody(
  body: Uint8Array,
  cut = false,
): { body: string; bodyEncoding: 'utf8' | 'base64' } {
  const bytes = asBuffer(body);
  const longestPart = cut ? 3 : 0;
  for (let dropped = 0; dropped <= Math.min(longestPart, bytes.length); dropped += 1) {
    const head = bytes.subarray(0, bytes.length - dropped);
    if (isUtf8(head)) return { body: head.toString('utf8'), bodyEncoding: 'utf8' };
  }
  return { body: bytes.toString('base64'), bodyEncoding: 'base64' };
}

function toWireTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : toWireTime(ms);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
