import type { Attempt, Delivery, ErrorKind } from '../domain/delivery.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventRecord, EventStatus, EventSummary } from '../domain/event.ts';
import type { Resource, ResourceBodies, ResourceKind } from '../domain/resources.ts';

/**
 * The store is the only queue and the only truth. Its comments are the specification; `conformance/`
 * holds every engine to them. Times are milliseconds since 1970. Every write is on disk when its promise
 * resolves, or has left no trace when it rejects. Writes asked for while one is being committed
 * are committed together (group commit); nothing waits on a timer.
 *
 * Rejections: `GatewayError` with `not_found`, `name_taken`, `version_conflict`, `conflict`, `invalid_cursor`;
 * `overloaded` when the queue of waiting writes is full (nothing was written); `not_ready` when the engine cannot be reached.
 */
export interface Store
  extends
    EventStore,
    DeliveryStore,
    ReadStore,
    ChangeFeed,
    ResourceStore,
    RollupStore,
    SessionStore,
    IdempotencyStore,
    MaintenanceStore {
  /** Finishes what was asked for, then closes. Further calls reject with `not_ready`. */
  close(): Promise<void>;
}

// ── Events in ────────────────────────────────────────────────────────────────────────────────────

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

// ── Deliveries out ───────────────────────────────────────────────────────────────────────────────

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

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────

/** Filters are ANDed; the values of one filter are ORed. Absent or empty: not filtered. */
export interface EventFilter {
  source?: readonly string[];
  sourceId?: readonly string[];
  type?: readonly string[];
  subject?: readonly string[];
  status?: readonly EventStatus[];
  receivedAfter?: number;
  receivedBefore?: number;
  /** Words; all of them must stand in id, eventId, subject or payload. */
  q?: string;
}

export interface DeliveryFilter {
  state?: readonly DeliveryState[];
  eventId?: readonly string[];
  targetId?: readonly string[];
  subscriptionId?: readonly string[];
  sourceId?: readonly string[];
  type?: readonly string[];
  reason?: readonly string[];
  /** `2xx` … `5xx` of the last answer. */
  codeClass?: readonly string[];
  errorKind?: readonly ErrorKind[];
  createdAfter?: number;
  createdBefore?: number;
}

export interface PageRequest {
  /** 1–200. */
  limit: number;
  /** From an earlier answer of the same list with the same filter; anything else rejects with `invalid_cursor`. */
  cursor: string | null;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface ReadStore {
  getEvent(id: string): Promise<EventRecord | null>;
  /** Newest first, without payloads. */
  listEvents(filter: EventFilter, page: PageRequest): Promise<Page<EventSummary>>;
  /** As `listEvents`, with payloads. */
  listFullEvents(filter: EventFilter, page: PageRequest): Promise<Page<EventRecord>>;
  getDelivery(id: string): Promise<Delivery | null>;
  /** Newest first. */
  listDeliveries(filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>>;
  /** All attempts of a delivery, first to last. */
  listAttempts(deliveryId: string): Promise<Attempt[]>;
  getAttempt(id: string): Promise<Attempt | null>;
  /** Dead deliveries by target and reason, largest group first. */
  deadLetterGroups(): Promise<DeadLetterGroup[]>;
}

export interface DeadLetterGroup {
  targetId: string;
  reason: string;
  count: number;
  oldestAt: number;
  newestAt: number;
}

// ── The change feed ──────────────────────────────────────────────────────────────────────────────

export type Change =
  | { kind: 'event.accepted'; position: string; at: number; event: EventSummary }
  | { kind: 'delivery.updated'; position: string; at: number; delivery: Delivery }
  | { kind: 'resource.changed'; position: string; at: number; resource: ResourceKind; id: string };

export interface ChangeRequest {
  /** Changes after this position, oldest first. */
  after: string;
  limit: number;
  /**
   * False: the first `limit`, gapless. True: catch up with the newest in one call; where more than `limit` wait, they are thinned
   * evenly and `leftOut` counts the rest. `resource.changed` is never thinned.
   */
  thin: boolean;
}

export interface Changes {
  changes: Change[];
  /** Go on from here. */
  position: string;
  leftOut: number;
  /** `after` is older than what is kept (or foreign): the reader must reload and go on from `position`. */
  reset: boolean;
}

export interface ChangeFeed {
  /** The position of the newest change. */
  changePosition(): Promise<string>;
  changes(request: ChangeRequest): Promise<Changes>;
  /** Called after commits of this process, and soon after those of others: a hint that `changes` has news. Answers the unsubscriber. */
  onChange(listener: () => void): () => void;
}

// ── Configuration ────────────────────────────────────────────────────────────────────────────────

/** Who did what; written in the same transaction as the change it speaks of. */
export interface AuditEntry {
  /** `aud_…` */
  id: string;
  at: number;
  /** `usr_…`, `src_…` or `system`. */
  actor: string;
  /** Such as `target.updated`. */
  action: string;
  subjectId: string;
  /** Client address, or null. */
  address: string | null;
  /** Public shapes, secrets masked. */
  before: unknown;
  after: unknown;
}

export interface ResourceStore {
  insertResource<K extends ResourceKind>(resource: Resource<K>, audit: AuditEntry): Promise<void>;
  /** Replaces the body. Rejects with `version_conflict` unless the stored version is `expectedVersion`; null takes any. */
  updateResource<K extends ResourceKind>(
    change: {
      kind: K;
      id: string;
      expectedVersion: number | null;
      name: string | null;
      body: ResourceBodies[K];
      at: number;
    },
    audit: AuditEntry,
  ): Promise<Resource<K>>;
  /** Also deletes its children (by `parentId`). */
  deleteResource(
    target: { kind: ResourceKind; id: string; expectedVersion: number | null },
    audit: AuditEntry,
  ): Promise<void>;
  getResource<K extends ResourceKind>(kind: K, id: string): Promise<Resource<K> | null>;
  findResourceByName<K extends ResourceKind>(kind: K, name: string): Promise<Resource<K> | null>;
  /** Newest first. */
  listResources<K extends ResourceKind>(
    kind: K,
    filter: { parentId?: string },
    page: PageRequest,
  ): Promise<Page<Resource<K>>>;
  /** All of a kind, for the in-memory catalogue. */
  loadResources<K extends ResourceKind>(kind: K): Promise<Resource<K>[]>;
  /** Changes whenever any resource changes, in any process; cheap to ask often. */
  resourceRevision(): Promise<number>;
  listAudit(
    filter: { actor?: string; subjectId?: string; action?: string },
    page: PageRequest,
  ): Promise<Page<AuditEntry>>;
  /** Names of event types seen on events, with first and last sight. */
  listSeenTypes(): Promise<{ type: string; firstSeenAt: number; lastSeenAt: number }[]>;
}

// ── Figures ──────────────────────────────────────────────────────────────────────────────────────

/**
 * Counters per minute, written in the same transactions as what they count:
 * `event.routed|unmatched|quarantined|duplicate` (by source and type), `delivery.made` (by source, type and target),
 * `delivery.succeeded|dead|cancelled|reopened` (by target; `reopened` undoes a final state), `attempt.2xx` … `attempt.5xx` and `attempt.error` (by target;
 * durations in the histogram), `latency` (by target; accepted → succeeded, first tries included).
 */
export interface RollupRow {
  /** Start of the step. */
  at: number;
  measure: string;
  sourceId: string | null;
  type: string | null;
  targetId: string | null;
  count: number;
  /** Counts by bucket of `domain/histogram.ts`; null for plain counters. */
  histogram: readonly number[] | null;
}

export interface RollupRequest {
  /** Prefixes of measures, such as `event.` or `latency`. */
  measures: readonly string[];
  /** Dimensions to keep; the others are summed over (null in the rows). */
  groupBy: readonly ('sourceId' | 'type' | 'targetId')[];
  from: number;
  to: number;
  /** A multiple of 60,000. */
  stepMs: number;
  sourceId?: string;
  targetId?: string;
}

export interface Backlog {
  targetId: string;
  pending: number;
  delivering: number;
  retrying: number;
  /** `createdAt` of the oldest open delivery. */
  oldestCreatedAt: number | null;
}

export interface Conservation {
  /** Counted from the rollups. */
  counted: { accepted: number; made: number };
  /** Counted from the rows. */
  events: Record<EventStatus, number>;
  deliveries: Record<DeliveryState, number>;
}

export interface RollupStore {
  rollups(request: RollupRequest): Promise<RollupRow[]>;
  /** Open deliveries by target, counted from the rows. */
  backlog(): Promise<Backlog[]>;
  /** Both sides of the law of conservation for everything kept, each from its own tables, in one snapshot. */
  conservation(): Promise<Conservation>;
}

// ── Logins ───────────────────────────────────────────────────────────────────────────────────────

export interface RefreshToken {
  /** SHA-256, hex. */
  hash: string;
  /** All tokens that descend from one login. */
  familyId: string;
  userId: string;
  expiresAt: number;
}

export interface SessionStore {
  insertRefreshToken(token: RefreshToken): Promise<void>;
  /**
   * Spends a refresh token and stores its successor, in one transaction. `reused`: it was spent before; its whole family is
   * revoked now. `unknown` covers expired and revoked ones.
   */
  rotateRefreshToken(
    hash: string,
    successor: { hash: string; expiresAt: number },
    now: number,
  ): Promise<{ outcome: 'rotated' | 'reused'; userId: string } | { outcome: 'unknown' }>;
  revokeFamilyOf(hash: string): Promise<void>;
  revokeSessionsOfUser(userId: string): Promise<void>;
  /** Counts a failed login for a key (account or address) within a window; answers the count including this one. */
  countLoginFailure(key: string, now: number, windowMs: number): Promise<number>;
  /** The count and the moment of the last failure inside the window. */
  loginFailures(
    key: string,
    now: number,
    windowMs: number,
  ): Promise<{ count: number; lastAt: number }>;
  clearLoginFailures(key: string): Promise<void>;
}

// ── Idempotency keys ─────────────────────────────────────────────────────────────────────────────

export interface StoredAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface IdempotencyStore {
  /**
   * Reserves a key. `replay`: finished before with the same body. `mismatch`: other body. `in_progress`: reserved by a
   * request that has not ended (a reservation lapses after one minute, so that a crash does not lock a key).
   */
  beginIdempotent(
    scope: string,
    bodyHash: string,
    now: number,
    keepMs: number,
  ): Promise<
    | { outcome: 'started' | 'mismatch' | 'in_progress' }
    | { outcome: 'replay'; answer: StoredAnswer }
  >;
  /** Keeps the answer; null frees the key (the request failed on our side, so a repeat may try again). */
  finishIdempotent(scope: string, answer: StoredAnswer | null): Promise<void>;
}

// ── Upkeep ───────────────────────────────────────────────────────────────────────────────────────

export interface MaintenanceStore {
  /** Says that this process lives. */
  heartbeat(now: number): Promise<void>;
  /**
   * Takes leases from processes that are gone: those of this machine whose pid no longer runs, at once; others after
   * `silentMs` without a heartbeat. Their deliveries become `pending` or `retrying`, due at once. Answers how many.
   */
  takeOver(now: number, silentMs: number): Promise<number>;
  /**
   * Removes events older than `before` whose deliveries have all ended, with everything that belongs to them, and
   * outdated keys, sessions, rollups and changes; at most `limit` events a call. Answers how many events went.
   */
  prune(before: number, now: number, limit: number): Promise<number>;
  /** Resolves when the engine answers; rejects with `not_ready` otherwise. */
  ping(): Promise<void>;
}
