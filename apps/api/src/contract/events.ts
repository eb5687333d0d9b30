import { z } from 'zod';
import { EVENT_STATUSES } from '../domain/event.ts';
import { Cursor, Limit, pageOf, repeatable, Timestamp } from './common.ts';

/** The plain form of an event, for senders who do not know CloudEvents. */
export const PlainEvent = z.strictObject({
  type: z.string().min(1),
  data: z.unknown().optional(),
  id: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  time: Timestamp.optional(),
  source: z.string().min(1).optional(),
});

/** The answer to one accepted event. */
export const Accepted = z.object({
  id: z.string(),
  eventId: z.string(),
  status: z.enum(EVENT_STATUSES),
  deliveries: z.number().int(),
  duplicate: z.boolean(),
});
export type Accepted = z.infer<typeof Accepted>;

/** The answer to a batch; with `?partial=true` a refused item holds `error` instead. */
export const AcceptedBatch = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  results: z.array(
    z.union([
      Accepted.extend({ index: z.number().int() }),
      z.object({
        index: z.number().int(),
        error: z.object({
          code: z.string(),
          detail: z.string(),
          errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
        }),
      }),
    ]),
  ),
});
export type AcceptedBatch = z.infer<typeof AcceptedBatch>;

export const AcceptQuery = z.strictObject({ partial: z.stringbool().optional() });

export const Event = z.object({
  id: z.string(),
  eventId: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().nullable(),
  time: z.string().nullable(),
  dataContentType: z.string().nullable(),
  dataSchema: z.string().nullable(),
  extensions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The payload, when it is JSON. Byte-exact only in what is delivered: a reader of JSON may round numbers. */
  data: z.unknown().optional(),
  /** The payload in base64, when it is not JSON. */
  dataBase64: z.string().optional(),
  sourceId: z.string(),
  status: z.enum(EVENT_STATUSES),
  statusDetail: z.string().nullable(),
  receivedAt: Timestamp,
  sizeBytes: z.number().int(),
  traceId: z.string(),
});
export type Event = z.infer<typeof Event>;

export const EventFilters = z.strictObject({
  /** `evt_…` */
  id: repeatable(z.string()),
  source: repeatable(z.string()),
  sourceId: repeatable(z.string()),
  type: repeatable(z.string()),
  subject: repeatable(z.string()),
  status: repeatable(z.enum(EVENT_STATUSES)),
  receivedAfter: Timestamp.optional(),
  receivedBefore: Timestamp.optional(),
  /** Words; all must stand in the id, the subject or the payload. */
  q: z.string().max(500).optional(),
});

export const EventListQuery = EventFilters.extend({
  limit: Limit,
  cursor: Cursor.optional(),
  include: repeatable(z.enum(['data'])),
});
export type EventListQuery = z.input<typeof EventListQuery>;

export const EventPage = pageOf(Event);
export type EventPage = z.infer<typeof EventPage>;
