import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../store.ts';
import type { Database } from './pool.ts';
import { createAlertReads } from './reads/alerts.ts';
import { createFigureReads } from './reads/figures.ts';
import { createJobReads } from './reads/jobs.ts';
import { createLists } from './reads/lists.ts';
import { createProcessReads } from './reads/processes.ts';
import { createQueryBuilder } from './reads/query-builder.ts';
import { createRecordReads } from './reads/records.ts';
import { createScans } from './reads/scans.ts';
import type { Silence } from './silence.ts';

export type StoreReads = Pick<
  Store,
  | 'nextDueAt'
  | 'getEvent'
  | 'listEvents'
  | 'listFullEvents'
  | 'getDelivery'
  | 'listDeliveries'
  | 'listAttempts'
  | 'getAttempt'
  | 'deadLetterGroups'
  | 'getResource'
  | 'findResourceByName'
  | 'listResources'
  | 'loadResources'
  | 'resourceRevision'
  | 'listAudit'
  | 'listSeenTypes'
  | 'rollups'
  | 'backlog'
  | 'conservation'
  | 'loginFailures'
  | 'livingProcesses'
  | 'getJob'
  | 'listJobs'
  | 'getAlert'
  | 'openAlerts'
  | 'listAlerts'
  | 'jobBacklog'
  | 'jobDeliveries'
  | 'scanEvents'
  | 'scanDeadLetters'
  | 'countEvents'
  | 'countDeadLetters'
  | 'ping'
>;

/** The reading half of the store, but for the change feed. */
export function createStoreReads({
  database,
  clock,
  identity,
  silence,
}: {
  database: Database;
  clock: Pick<Clock, 'now'>;
  identity: { host: string };
  silence: Silence;
}): StoreReads {
  const queries = { database, db: createQueryBuilder(), now: () => clock.now() };
  return {
    ...createRecordReads(database.query),
    ...createLists(queries),
    ...createFigureReads(database),
    ...createJobReads(database.query),
    ...createAlertReads(database.query),
    ...createScans(queries),
    ...createProcessReads(database.query, identity.host, silence),
  };
}
