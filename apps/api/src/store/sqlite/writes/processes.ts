import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import { processBirth } from '../../process-birth.ts';
import { isProcessGone } from '../../process-identity.ts';
import type { ProcessIdentity } from '../../process-identity.ts';
import type { Transaction } from '../transaction.ts';
import { createLines } from './lines.ts';

const DELIVERING = stateCode('delivering');

interface ProcessRow {
  number: number;
  pid: number;
  host: string;
  birth: string;
  heartbeat_at: number;
}

/** Enters a process that starts now. Answers the number that its leases and rollups carry. */
export function registerProcess(
  database: Database,
  identity: ProcessIdentity,
  now: number,
): number {
  return Number(
    database
      .prepare('INSERT INTO processes (id, pid, host, birth, heartbeat_at) VALUES (?,?,?,?,?)')
      .run(identity.id, identity.pid, identity.host, processBirth(identity.pid), now)
      .lastInsertRowid,
  );
}

/** Takes out a process that ends in good order. Leases that it may still hold are then anybody's to take over. */
export function unregisterProcess(database: Database, number: number): void {
  database.prepare('DELETE FROM processes WHERE number = ?').run(number);
}

/** Prepares the heartbeat and the taking over of leases whose process is gone. */
export function createProcessWrites(database: Database, identity: ProcessIdentity, number: number) {
  // A process that was given up for dead and woke up enters itself again.
  const beat = database.prepare(
    `INSERT INTO processes (number, id, pid, host, birth, heartbeat_at, report) VALUES (?,?,?,?,?,?,?)
     ON CONFLICT DO UPDATE SET heartbeat_at = excluded.heartbeat_at, report = ifnull(excluded.report, report)`,
  );
  const others = database.prepare<[number], ProcessRow>(
    'SELECT number, pid, host, birth, heartbeat_at FROM processes WHERE number <> ?',
  );
  /** Numbers of owners of leases that are not entered: given up for dead, woken up, and gone before a heartbeat. */
  const unentered = database
    .prepare<[number], number>(
      `SELECT DISTINCT owner FROM (
         SELECT owner FROM deliveries WHERE state = ${DELIVERING} AND state <> 3
         UNION ALL SELECT owner FROM jobs WHERE state = 'running' AND owner IS NOT NULL
       ) WHERE owner <> ? AND owner NOT IN (SELECT number FROM processes)`,
    )
    .pluck();
  const giveBack = database.prepare<[number, number], { seq: number; turn: number | null }>(
    `UPDATE deliveries SET state = iif(attempt_count > 0, ${stateCode('retrying')}, ${stateCode('pending')}), due_at = ?, owner = NULL
       WHERE seq IN (SELECT seq FROM deliveries WHERE state = ${DELIVERING} AND state <> 3 AND owner = ?)
       RETURNING seq, turn`,
  );
  const freeJobs = database.prepare(
    "UPDATE jobs SET owner = NULL WHERE state = 'running' AND owner = ?",
  );
  const lines = createLines(database);
  const forget = database.prepare('DELETE FROM processes WHERE number = ?');
  const birth = processBirth(identity.pid);

  return {
    heartbeat({ now, report }: { now: number; report: string | null }): null {
      beat.run(number, identity.id, identity.pid, identity.host, birth, now, report);
      return null;
    },
    takeOver(
      { now, silentMs }: { now: number; silentMs: number },
      transaction: Transaction,
    ): number {
      const gone = others
        .all(number)
        .filter((row) => isProcessGone(row, identity.host, now - row.heartbeat_at, silentMs))
        .map((row) => row.number);
      let count = 0;
      for (const owner of [...gone, ...unentered.all(number)]) {
        const rows = giveBack.all(now, owner);
        count += rows.length;
        for (const { seq, turn } of rows) {
          transaction.updatedDeliveries.push(seq);
          if (turn !== null) lines.givenBack(seq, transaction);
        }
        freeJobs.run(owner);
        forget.run(owner);
      }
      return count;
    },
  };
}
