import type { Attempt, Delivery, ErrorKind } from '../domain/delivery.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventRecord, EventStatus, EventSummary } from '../domain/event.ts';
import type { ResourceKind } from '../domain/resources.ts';

/** Filters are ANDed; the values of one filter are ORed. Absent or empty: not filtered. */
export interface EventFilter {
  /** `evt_…` */
  id?: readonly string[];
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
  /** `rpl_…` */
  replayId?: readonly string[];
  orderingKey?: readonly string[];
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

export type Change =
  | { kind: 'event.accepted'; position: string; at: number; event: EventSummary }
  | { kind: 'delivery.updated'; position: string; at: number; delivery: Delivery }
  | { kind: 'resource.changed'; position: string; at: number; resource: ChangedKind; id: string };

/** Records of which the feed says no more than that they changed. */
export type ChangedKind = ResourceKind | 'alert.raised' | 'alert.updated';

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
