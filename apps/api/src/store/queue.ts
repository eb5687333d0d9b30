import type { Attempt, Delivery } from '../domain/delivery.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventRecord, EventStatus } from '../domain/event.ts';
import type { AuditEntry } from './configuration.ts';

/** A delivery to be made together with its event. */
export interface NewDelivery {
  id: string;
  subscriptionId: string;
  targetId: string;
  /** Deliveries of one subscription with the same key go one at a time; null: unordered. See `DeliveryStore`. */
  orderingKey: string | null;
  /**
   * True: born in `delivering`, leased to the calling process, unless it must wait for its turn. False: born `pending`,
   * due at once unless it must wait for its turn.
   */
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
      /** One for each delivery that was born leased, in their order: all with `handOff` but those that wait for their turn. */
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

/** `stale`: the lease was lost. `next_due`: settled, and another delivery of its ordering key has the turn now and is due. */
export type SettleResult = 'settled' | 'next_due' | 'stale';

/**
 * **Order.** The deliveries of one subscription with the same ordering key stand in one line, by order of acceptance: the order in
 * which their transactions committed, and within a transaction the order of the batch. An engine whose transactions overlap
 * makes them wait for each other where they append to the same line. A line holds what is `pending`, `delivering` or `retrying`, and what is `dead` and blocks.
 *
 * At most one delivery of a line has **the turn**, and while the line is not empty exactly one has; only that one is ever leased or due.
 * The others wait: `nextAttemptAt` is null and `waitsFor` names the one that has the turn.
 * - `append`: what finds its line empty has the turn at once, else it joins at the end, and a `handOff` is then not granted.
 * - When the one with the turn succeeds, is cancelled, or is dead without blocking, it leaves the line, and in the same transaction
 *   the first of those that wait gets the turn, due since its `createdAt`. A dead one in front gets the turn too, and blocks on.
 * - A delivery that dies while its subscription says `onDeadLetter: 'block'` stays in its line and keeps the turn until a person
 *   retries it (it keeps the turn) or cancels it (it leaves). The subscription's word at that moment counts, read in the same transaction; a
 *   subscription that is gone never blocks. When an update changes `block` to `skip`, or the subscription is deleted, all dead ones leave
 *   their lines in that transaction. A change to `block` leaves earlier dead letters alone.
 * - A retry of one that had left puts it back at its old place: in front of all that were accepted after it. Where one of those has the turn and
 *   is not being delivered, the turn passes to the retried one at once; where it is being delivered, the turn passes as soon as it is
 *   `retrying`, given back, or dead and blocks. Who gave way is due at once when its turn comes again.
 * - `release` and `takeOver` leave the turn where it is, but for those retried in front of it.
 * - The key of a delivery never changes: another `orderingKey` of the subscription counts for what is appended after it.
 * - A paused target or subscription keeps the turn with the one that has it. `prune` leaves everything that stands in a line.
 *
 * Work on a line takes the same time however long it is, and unordered deliveries cost nothing for it.
 */
export interface DeliveryStore {
  /** Leases due deliveries to the calling process, oldest due first within a target; two processes never get the same one. */
  claim(request: ClaimRequest): Promise<Claim[]>;
  /**
   * Writes attempts and next states, all of the batch or none of it. Answers in order: `stale` when the lease was
   * lost meanwhile, in which case neither the attempt nor the state was written. Passes on the turn of ordered deliveries.
   */
  settle(settlements: readonly Settlement[]): Promise<SettleResult[]>;
  /** Gives leases back untried: `pending` (or `retrying` after a first attempt), due at once. Stale ones are passed over. */
  release(claims: readonly { deliveryId: string; fence: number }[]): Promise<void>;
  /** When the next waiting delivery of any target falls due, or null. May be early, never late. */
  nextDueAt(): Promise<number | null>;
  /**
   * A person's retry: `dead`, `cancelled` or `retrying` become `pending`, due at `at`, with a fresh schedule
   * (`attemptCount` goes on counting, `scheduleStart` moves); not due while it waits for its turn. Rejects with `conflict` in any other state.
   */
  retryDelivery(id: string, at: number, audit: AuditEntry): Promise<Delivery>;
  /** A person's cancel; an ordered delivery leaves its line. Rejects with `conflict` when the state forbids it. */
  cancelDelivery(id: string, at: number, audit: AuditEntry): Promise<Delivery>;
  /** Cancels the waiting deliveries of a target or of a subscription that is being deleted, or of a replay. Answers how many. */
  cancelWaiting(
    filter: { targetId: string } | { subscriptionId: string } | { replayId: string },
    reason: { code: string; detail: string },
    at: number,
  ): Promise<number>;
}
