import type { Attempt, Delivery } from '../domain/delivery.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventRecord, EventStatus } from '../domain/event.ts';
import type { AuditEntry } from './configuration.ts';

/** A delivery to be made together with its event. */
export interface NewDelivery {
  id: string;
  subscriptionId: string;
  targetId: string;
  /** True: born in `delivering`, leased to the calling process. False: born `pending`, due at once. */
  handOff: boolean;
}

export interface NewEvent {
  event: EventRecord;
  deliveries: readonly NewDelivery[];
}

export type AppendResult =
  | {
      outcome: 'accepted';
      eventId: string;
      status: EventStatus;
      deliveryCount: number;
      /** One for each delivery with `handOff`, in their order. */
      claims: readonly Claim[];
    }
  /** `(source, eventId)` is there already, in the store or earlier in this batch; nothing of this item was written. */
  | {
      outcome: 'duplicate';
      eventId: string;
      status: EventStatus;
      deliveryCount: number;
      claims: readonly [];
    };

export interface EventStore {
  /**
   * Writes events and their deliveries, all of the batch or none of it. Answers in the order of the input.
   * An item may hold payloads up to the ingest limit; the batch as a whole is bounded by the caller.
   */
  append(batch: readonly NewEvent[]): Promise<AppendResult[]>;
}

/** A delivery leased to one process, with all that is needed to attempt it. */
export interface Claim {
  delivery: Delivery;
  /** Counts up with each lease; a settle with an older fence changes nothing. */
  fence: number;
  event: EventRecord;
}

export interface ClaimRequest {
  /** How many more deliveries each target may be given now. Targets that are not named get none. */
  rooms: readonly { targetId: string; room: number }[];
  /** Deliveries with `nextAttemptAt` up to this moment are due. */
  now: number;
  /** At most this many in all; shared out over the targets so that a long queue never starves a short one. */
  limit: number;
}

/** What became of one leased delivery. */
export interface Settlement {
  deliveryId: string;
  fence: number;
  /** Null when no request was tried and none shall be recorded (cancelled before sending). */
  attempt: Attempt | null;
  next: {
    state: Extract<DeliveryState, 'succeeded' | 'retrying' | 'dead' | 'cancelled'>;
    nextAttemptAt: number | null;
    reason: string | null;
    reasonDetail: string | null;
  };
  at: number;
}

export interface DeliveryStore {
  /** Leases due deliveries to the calling process, oldest due first within a target; two processes never get the same one. */
  claim(request: ClaimRequest): Promise<Claim[]>;
  /**
   * Writes attempts and next states, all of the batch or none of it. Answers in order: `stale` when the lease was
   * lost meanwhile, in which case neither the attempt nor the state was written.
   */
  settle(settlements: readonly Settlement[]): Promise<('settled' | 'stale')[]>;
  /** Gives leases back untried: `pending` (or `retrying` after a first attempt), due at once. Stale ones are passed over. */
  release(claims: readonly { deliveryId: string; fence: number }[]): Promise<void>;
  /** When the next waiting delivery of any target falls due, or null. May be early, never late. */
  nextDueAt(): Promise<number | null>;
  /**
   * A person's retry: `dead`, `cancelled` or `retrying` become `pending`, due at `at`, with a fresh schedule
   * (`attemptCount` goes on counting, `scheduleStart` moves). Rejects with `conflict` in any other state.
   */
  retryDelivery(id: string, at: number, audit: AuditEntry): Promise<Delivery>;
  /** A person's cancel. Rejects with `conflict` when the state forbids it. */
  cancelDelivery(id: string, at: number, audit: AuditEntry): Promise<Delivery>;
  /** Cancels the waiting deliveries of a target or of a subscription that is being deleted. Answers how many. */
  cancelWaiting(
    filter: { targetId: string } | { subscriptionId: string },
    reason: { code: string; detail: string },
    at: number,
  ): Promise<number>;
}
