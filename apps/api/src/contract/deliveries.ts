import { z } from 'zod';
import { ERROR_KINDS } from '../domain/delivery.ts';
import { DELIVERY_STATES } from '../domain/delivery-states.ts';
import { Cursor, Limit, pageOf, repeatable, Timestamp } from './common.ts';

export const Delivery = z.object({
  id: z.string(),
  /** `evt_…` */
  eventId: z.string(),
  eventType: z.string(),
  sourceId: z.string(),
  /** Null: of a replay straight to the target. */
  subscriptionId: z.string().nullable(),
  targetId: z.string(),
  state: z.enum(DELIVERY_STATES),
  /** Deliveries of one subscription with the same key go one at a time, in order of acceptance. Null: unordered. */
  orderingKey: z.string().nullable(),
  /** While it waits for its turn: the delivery of its key that has the turn, which may be a dead letter that blocks. */
  waitsFor: z.string().nullable(),
  attemptCount: z.number().int(),
  nextAttemptAt: Timestamp.nullable(),
  /** A stable code, such as `http_422`, `timeout` or `transform_failed`. */
  reason: z.string().nullable(),
  reasonDetail: z.string().nullable(),
  lastStatusCode: z.number().int().nullable(),
  lastErrorKind: z.enum(ERROR_KINDS).nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  /** The replay that made it; null: made when the event came. */
  replayId: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const Attempt = z.object({
  id: z.string(),
  deliveryId: z.string(),
  number: z.number().int(),
  startedAt: Timestamp,
  durationMs: z.number(),
  statusCode: z.number().int().nullable(),
  errorKind: z.enum(ERROR_KINDS).nullable(),
  error: z.string().nullable(),
  /** Null when no request could be made. Bodies are text when they are UTF-8, else base64. */
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      bodyEncoding: z.enum(['utf8', 'base64']),
    })
    .nullable(),
  response: z
    .object({
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      bodyEncoding: z.enum(['utf8', 'base64']),
      truncated: z.boolean(),
    })
    .nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const AttemptList = z.object({ data: z.array(Attempt) });
export type AttemptList = z.infer<typeof AttemptList>;

export const DeliveryFilters = z.strictObject({
  state: repeatable(z.enum(DELIVERY_STATES)),
  eventId: repeatable(z.string()),
  targetId: repeatable(z.string()),
  subscriptionId: repeatable(z.string()),
  sourceId: repeatable(z.string()),
  type: repeatable(z.string()),
  reason: repeatable(z.string()),
  orderingKey: repeatable(z.string()),
  codeClass: repeatable(z.enum(['2xx', '3xx', '4xx', '5xx'])),
  errorKind: repeatable(z.enum(ERROR_KINDS)),
  replayId: repeatable(z.string()),
  createdAfter: Timestamp.optional(),
  createdBefore: Timestamp.optional(),
});

export const DeliveryListQuery = DeliveryFilters.extend({
  limit: Limit,
  cursor: Cursor.optional(),
});
export type DeliveryListQuery = z.input<typeof DeliveryListQuery>;

/** Retries or cancels the deliveries of a filter, newest first, a page a call; those whose state forbids it are passed over. */
export const DeliveryWork = z.strictObject({
  filter: DeliveryFilters,
  /** Of the earlier answer, to go on. */
  cursor: Cursor.optional(),
});
export type DeliveryWork = z.input<typeof DeliveryWork>;

export const DeliveryWorkResult = z.object({
  done: z.number().int(),
  passedOver: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type DeliveryWorkResult = z.infer<typeof DeliveryWorkResult>;

export const DeliveryPage = pageOf(Delivery);
export type DeliveryPage = z.infer<typeof DeliveryPage>;

export const DeadLetterQuery = DeliveryListQuery.omit({ state: true });

export const DeadLetterGroup = z.object({
  targetId: z.string(),
  reason: z.string(),
  count: z.number().int(),
  oldestAt: Timestamp,
  newestAt: Timestamp,
});
export const DeadLetterGroups = z.object({ data: z.array(DeadLetterGroup) });
export type DeadLetterGroups = z.infer<typeof DeadLetterGroups>;
