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
  subscriptionId: z.string(),
  targetId: z.string(),
  state: z.enum(DELIVERY_STATES),
  attemptCount: z.number().int(),
  nextAttemptAt: Timestamp.nullable(),
  /** A stable code, such as `http_422`, `timeout` or `transform_failed`. */
  reason: z.string().nullable(),
  reasonDetail: z.string().nullable(),
  lastStatusCode: z.number().int().nullable(),
  lastErrorKind: z.enum(ERROR_KINDS).nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
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
  codeClass: repeatable(z.enum(['2xx', '3xx', '4xx', '5xx'])),
  errorKind: repeatable(z.enum(ERROR_KINDS)),
  createdAfter: Timestamp.optional(),
  createdBefore: Timestamp.optional(),
});

export const DeliveryListQuery = DeliveryFilters.extend({
  limit: Limit,
  cursor: Cursor.optional(),
});
export type DeliveryListQuery = z.input<typeof DeliveryListQuery>;

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
