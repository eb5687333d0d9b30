import type {
  Attempt,
  AttemptRequest,
  AttemptResponse,
  Delivery,
  ErrorKind,
} from '../domain/delivery.ts';
import type { EventRecord, EventSummary, ExtensionValue } from '../domain/event.ts';
import type { Resource, ResourceBodies, ResourceKind } from '../domain/resources.ts';
import { dataKindOf, stateOf, statusOf } from './codes.ts';
import type { AuditEntry } from './store.ts';
import { HAS_TURN, WAITS } from './turns.ts';

/* Rows as the engines read them, and the records they stand for. */

export interface EventSummaryRow {
  seq: number;
  id: string;
  event_id: string;
  source: string;
  type: string;
  subject: string | null;
  time: string | null;
  data_content_type: string | null;
  data_schema: string | null;
  extensions: string | null;
  data_kind: number;
  source_id: string;
  status: number;
  status_detail: string | null;
  received_at: number;
  size_bytes: number;
  traceparent: string;
}

export interface EventRow extends EventSummaryRow {
  data: Uint8Array | null;
}

export const EVENT_SUMMARY_COLUMNS = [
  'seq',
  'id',
  'event_id',
  'source',
  'type',
  'subject',
  'time',
  'data_content_type',
  'data_schema',
  'extensions',
  'data_kind',
  'source_id',
  'status',
  'status_detail',
  'received_at',
  'size_bytes',
  'traceparent',
] as const satisfies readonly (keyof EventSummaryRow)[];

export interface DeliveryRow {
  seq: number;
  id: string;
  event_seq: number;
  event_type: string;
  source_id: string;
  /** Empty: none, straight to the target. */
  subscription_id: string;
  target_id: string;
  replay_id: string | null;
  created_at: number;
  state: number;
  attempt_count: number;
  schedule_start: number;
  due_at: number | null;
  fence: number;
  reason: string | null;
  reason_detail: string | null;
  last_status_code: number | null;
  code_class: number | null;
  last_error_kind: string | null;
  finished_at: number | null;
  ordering_key: string | null;
}

export const DELIVERY_COLUMNS = [
  'seq',
  'id',
  'event_seq',
  'event_type',
  'source_id',
  'subscription_id',
  'target_id',
  'replay_id',
  'created_at',
  'state',
  'attempt_count',
  'schedule_start',
  'due_at',
  'fence',
  'reason',
  'reason_detail',
  'last_status_code',
  'code_class',
  'last_error_kind',
  'finished_at',
  'ordering_key',
] as const satisfies readonly (keyof DeliveryRow)[];

/** The `dlv_…` id of the delivery that has the turn, where one waits for it. */
export const WAITS_FOR = `CASE WHEN deliveries.turn = ${WAITS} THEN (
  SELECT holder.id FROM deliveries AS holder
  WHERE holder.subscription_id = deliveries.subscription_id AND holder.ordering_key = deliveries.ordering_key AND holder.turn = ${HAS_TURN}
) END`;

/** A delivery's row together with the `evt_…` id of its event and what it waits for. */
export type JoinedDeliveryRow = DeliveryRow & { record_id: string; waits_for: string | null };

export interface AttemptRow {
  id: string;
  delivery_id: string;
  number: number;
  started_at: number;
  duration_ms: number;
  status_code: number | null;
  error_kind: string | null;
  error: string | null;
  request: string | null;
  request_body: Uint8Array | null;
  response: string | null;
  response_body: Uint8Array | null;
}

export interface ResourceRow {
  seq: number;
  kind: string;
  id: string;
  parent_id: string | null;
  name: string | null;
  version: number;
  body: string;
  created_at: number;
  updated_at: number;
}

export interface AuditRow {
  seq: number;
  id: string;
  at: number;
  actor: string;
  action: string;
  subject_id: string;
  address: string | null;
  before: string;
  after: string;
}

export function toEventSummary(row: EventSummaryRow): EventSummary {
  return {
    id: row.id,
    eventId: row.event_id,
    source: row.source,
    type: row.type,
    subject: row.subject,
    time: row.time,
    dataContentType: row.data_content_type,
    dataSchema: row.data_schema,
    extensions:
      row.extensions === null ? {} : (JSON.parse(row.extensions) as Record<string, ExtensionValue>),
    dataKind: dataKindOf(row.data_kind),
    sourceId: row.source_id,
    status: statusOf(row.status),
    statusDetail: row.status_detail,
    receivedAt: row.received_at,
    sizeBytes: row.size_bytes,
    traceparent: row.traceparent,
  };
}

export function toEvent(row: EventRow): EventRecord {
  return { ...toEventSummary(row), data: row.data };
}

export function toDelivery(row: JoinedDeliveryRow): Delivery {
  return {
    id: row.id,
    eventId: row.record_id,
    eventType: row.event_type,
    sourceId: row.source_id,
    subscriptionId: row.subscription_id === '' ? null : row.subscription_id,
    targetId: row.target_id,
    state: stateOf(row.state),
    orderingKey: row.ordering_key,
    waitsFor: row.waits_for,
    attemptCount: row.attempt_count,
    scheduleStart: row.schedule_start,
    nextAttemptAt: row.due_at,
    reason: row.reason,
    reasonDetail: row.reason_detail,
    lastStatusCode: row.last_status_code,
    lastErrorKind: row.last_error_kind as ErrorKind | null,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    replayId: row.replay_id,
  };
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    number: row.number,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    statusCode: row.status_code,
    errorKind: row.error_kind as ErrorKind | null,
    error: row.error,
    request:
      row.request === null
        ? null
        : { ...(JSON.parse(row.request) as Omit<AttemptRequest, 'body'>), body: row.request_body },
    response:
      row.response === null
        ? null
        : {
            ...(JSON.parse(row.response) as Omit<AttemptResponse, 'body'>),
            body: row.response_body ?? new Uint8Array(0),
          },
  };
}

export function toResource(row: ResourceRow): Resource {
  return {
    kind: row.kind as ResourceKind,
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    version: row.version,
    body: JSON.parse(row.body) as ResourceBodies[ResourceKind],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subjectId: row.subject_id,
    address: row.address,
    before: JSON.parse(row.before),
    after: JSON.parse(row.after),
  };
}
