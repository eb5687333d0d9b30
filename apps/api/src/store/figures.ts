import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventStatus } from '../domain/event.ts';
import type { LaneBlock } from '../domain/lane-block.ts';

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

/** What a process says of itself with each heartbeat. */
export interface ProcessReport {
  roles: readonly ('api' | 'delivery')[];
  /** Security events of its last hour: minutes since 1970 with their counts. Absent: none. */
  securityEvents?: readonly (readonly [minute: number, count: number])[];
  /** Its lanes that are not at rest: something is in flight, the breaker is not closed, or the target told it to wait. */
  lanes: readonly {
    targetId: string;
    breaker: 'closed' | 'open' | 'half-open';
    inFlight: number;
    blockedBy?: LaneBlock | null;
    opensAt?: number | null;
  }[];
}

/** A process whose heartbeat is fresh. */
export interface LivingProcess {
  /** `prc_…` */
  id: string;
  pid: number;
  host: string;
  heartbeatAt: number;
  /** Null until it has reported. */
  report: ProcessReport | null;
}

export interface MaintenanceStore {
  /** Says that this process lives, and what it does; without a report the last one stands. */
  heartbeat(now: number, report?: ProcessReport): Promise<void>;
  /** The processes that `takeOver` would not take from now, this one included; in the order of their starts. */
  livingProcesses(now: number, silentMs: number): Promise<LivingProcess[]>;
  /**
   * Takes leases from processes that are gone: those of this machine whose pid no longer runs, at once; others after
   * `silentMs` without a heartbeat, which may be counted from the first look at them. Their deliveries become `pending` or `retrying`, due at once. Answers how many.
   */
  takeOver(now: number, silentMs: number): Promise<number>;
  /**
   * Removes events older than `before` whose deliveries have all ended and block no ordering key, with everything that belongs to them, and
   * outdated keys, sessions, rollups and changes, and jobs and alerts that have ended; at most `limit` events a call. Answers how many events went.
   * An engine may keep what is older than a day in whole days: it then takes one a call, whatever it holds, as soon as all of it is old enough.
   * A call may take minutes. Once `signal` is aborted it ends soon, between two steps of its work, and the next call goes on from there.
   */
  prune(before: number, now: number, limit: number, signal?: AbortSignal): Promise<number>;
  /** Resolves when the engine answers; rejects with `not_ready` otherwise. */
  ping(): Promise<void>;
}
