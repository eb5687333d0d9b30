import type { AlertStore } from './alerts.ts';
import type { JobStore } from './jobs.ts';
import type { ResourceStore, SessionStore, IdempotencyStore } from './configuration.ts';
import type { RollupStore, MaintenanceStore } from './figures.ts';
import type { EventStore, DeliveryStore } from './queue.ts';
import type { ReadStore, ChangeFeed } from './reading.ts';

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
    JobStore,
    AlertStore,
    MaintenanceStore {
  /** Finishes what was asked for, then closes. Further calls reject with `not_ready`. */
  close(): Promise<void>;
}

export type * from './queue.ts';
export type * from './reading.ts';
export type * from './configuration.ts';
export type * from './figures.ts';
export type * from './jobs.ts';
export type * from './alerts.ts';
