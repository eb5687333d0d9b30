import { z } from 'zod';
import { DeliveryFilters, type Delivery } from './deliveries.ts';
import { EventFilters, type Event } from './events.ts';

/**
 * `GET /v1/stream`: server-sent events. Their `id` is a position for `Last-Event-ID`. `topics` picks what is sent
 * (default: all); the filters are those of the lists.
 */
export const StreamQuery = EventFilters.omit({
  id: true,
  q: true,
  receivedAfter: true,
  receivedBefore: true,
})
  .extend(
    DeliveryFilters.omit({ createdAfter: true, createdBefore: true, sourceId: true, type: true })
      .shape,
  )
  .extend({ topics: z.string().max(200).optional() });

/** Once a second. */
export interface StreamStats {
  at: string;
  /** Over the last second, of the whole gateway; in the first message to those who watch again after a while, over the last one to two minutes. */
  eventsPerSecond: number;
  deliveriesPerSecond: number;
  backlog: number;
  deadLetters: number;
  /** Messages that this stream left out since the last `stats`, because the rate was above its limit. */
  leftOut: number;
}

/** The data of each server-sent event, by its name. */
export interface StreamMessages {
  'event.accepted': Omit<Event, 'data' | 'dataBase64'>;
  'delivery.updated': Delivery;
  'target.updated': { id: string };
  'source.updated': { id: string };
  'subscription.updated': { id: string };
  /** An alert has been opened. */
  'alert.raised': { id: string };
  /** An alert was acknowledged or resolved. */
  'alert.updated': { id: string };
  stats: StreamStats;
  /** The position asked for is no longer kept: reload, then go on. */
  reset: { reason: string };
  /** The last message of a stream that the gateway ends: `signed_out`; or, to connect again with the last id, `shutdown`, `interrupted`, `too_many_streams` or `too_slow`. */
  closing: { reason: string };
}
export type StreamMessageName = keyof StreamMessages;
