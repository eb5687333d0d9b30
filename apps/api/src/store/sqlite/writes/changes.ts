import type { Database } from 'better-sqlite3';

import { KEPT_CHANGES } from '../../kept-changes.ts';
import type { Transaction } from '../transaction.ts';

const TRIM_EVERY = 256;
const TRIM_ROWS = 1024;

/** The change row's body: sequence numbers of events and deliveries, and names of resources, in this order. */
export interface ChangeBody {
  e?: number[];
  d?: number[];
  r?: [kind: string, id: string][];
}

/** Prepares the writing of one change row a transaction. */
export function createChangeWrites(database: Database) {
  const insert = database.prepare(
    'INSERT INTO changes (at, item_count, resource_count, body) VALUES (?,?,?,?)',
  );
  const trim = database.prepare(
    `DELETE FROM changes WHERE seq IN (SELECT seq FROM changes WHERE seq <= ? ORDER BY seq LIMIT ${TRIM_ROWS})`,
  );

  /** Answers whether there was anything to tell. */
  return (transaction: Transaction): boolean => {
    const { acceptedEvents, changedResources } = transaction;
    const deliveries = [...new Set(transaction.updatedDeliveries)];
    const count = acceptedEvents.length + deliveries.length + changedResources.length;
    if (count === 0) return false;
    const body: ChangeBody = {
      ...(acceptedEvents.length > 0 && { e: acceptedEvents }),
      ...(deliveries.length > 0 && { d: deliveries }),
      ...(changedResources.length > 0 && { r: changedResources }),
    };
    const row = Number(
      insert.run(transaction.now, count, changedResources.length, JSON.stringify(body))
        .lastInsertRowid,
    );
    if (row % TRIM_EVERY === 0) trim.run(row - KEPT_CHANGES);
    return true;
  };
}
