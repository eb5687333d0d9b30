import type { Clock } from '../../domain/clock.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { Store } from '../store.ts';
import type { Days } from './days.ts';
import type { Leases } from './leases.ts';
import type { LostLeases } from './lost-leases.ts';
import type { Database } from './pool.ts';
import type { Silence } from './silence.ts';
import type { WriteBounds } from './write-bounds.ts';
import type { WriteSession } from './write-session.ts';

/** The writing half of the store. */
export type StoreWrites = Pick<
  Store,
  | 'append'
  | 'claim'
  | 'settle'
  | 'release'
  | 'retryDelivery'
  | 'cancelDelivery'
  | 'cancelWaiting'
  | 'insertResource'
  | 'updateResource'
  | 'deleteResource'
  | 'insertRefreshToken'
  | 'rotateRefreshToken'
  | 'revokeFamilyOf'
  | 'revokeSessionsOfUser'
  | 'countLoginFailure'
  | 'clearLoginFailures'
  | 'beginIdempotent'
  | 'finishIdempotent'
  | 'insertJob'
  | 'changeJobState'
  | 'claimJobs'
  | 'releaseJob'
  | 'advanceJob'
  | 'raiseAlert'
  | 'resolveAlert'
  | 'acknowledgeAlert'
  | 'claimTurn'
  | 'heartbeat'
  | 'takeOver'
  | 'prune'
>;

/** What the writes of one process work with. */
export interface WriteParts {
  database: Database;
  session: WriteSession;
  bounds: WriteBounds;
  days: Days;
  leases: Leases;
  /** Jobs that this process works on, by `jobLeaseKey`. */
  jobs: Set<string>;
  lostLeases: LostLeases;
  silence: Silence;
  clock: Clock;
  identity: ProcessIdentity;
}
