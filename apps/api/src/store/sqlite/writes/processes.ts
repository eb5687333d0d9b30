import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import { isProcessAlive, processBirth } from '../process-birth.ts';
import type { Transaction } from '../transaction.ts';

const DELIVERING = stateCode('delivering');

/** Names one running process. The id is new at each start; pids come again. */
export interface ProcessIdentity {
  /** `prc_…` */
  id: string;
  pid: number;
  /** The machine's name. */
  host: string;
}

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

/** Prepares the heartbeat and the taking over of leases whose process is gone. */
export function createProcessWrites(database: Database, identity: ProcessIdentity, number: number) {
  // A process that was given up for dead and woke up enters itself again.
  const beat = database.prepare(
    `INSERT INTO processes (number, id, pid, host, birth, heartbeat_at) VALUES (?,?,?,?,?,?)
     ON CONFLICT DO UPDATE SET heartbeat_at = excluded.heartbeat_at`,
  );
  const others = database.prepare<[number], ProcessRow>(
    'SELECT number, pid, host, birth, heartbeat_at FROM processes WHERE number <> ?',
  );
  /** Numbers of owners of leases that are not entered: given up for dead, woken up, and gone before a heartbeat. */
  const unentered = database
    .prepare<[number], number>(
      `SELECT DISTINCT owner FROM deliveries
       WHERE state = ${DELIVERING} AND state <> 3 AND owner <> ? AND owner NOT IN (SELECT number FROM processes)`,
    )
    .pluck();
  const giveBack = database
    .prepare<[number, number], number>(
      `UPDATE deliveries SET state = iif(attempt_count > 0, ${stateCode('retrying')}, ${stateCode('pending')}), due_at = ?, owner = NULL
       WHERE seq IN (SELECT seq FROM deliveries WHERE state = ${DELIVERING} AND state <> 3 AND owner = ?)
       RETURNING seq`,
    )
    .pluck();
  const forget = database.prepare('DELETE FROM processes WHERE number = ?');
  const birth = processBirth(identity.pid);

  function isGone(row: ProcessRow, now: number, silentMs: number): boolean {
    if (row.host === identity.host && !isProcessAlive(row.pid, row.birth)) return true;
    return row.heartbeat_at + silentMs <= now;
  }

  return {
    heartbeat(now: number): null {
      beat.run(number, identity.id, identity.pid, identity.host, birth, now);
      return null;
    },
    takeOver(
      { now, silentMs }: { now: number; silentMs: number },
      transaction: Transaction,
    ): number {
      const gone = others
        .all(number)
        .filter((row) => isGone(row, now, silentMs))
        .map((row) => row.number);
      let count = 0;
      for (const owner of [...gone, ...unentered.all(number)]) {
        const seqs = giveBack.all(now, owner);
        count += seqs.length;
        for (const seq of seqs) transaction.updatedDeliveries.push(seq);
        forget.run(owner);
      }
      return count;
    },
  };
}
