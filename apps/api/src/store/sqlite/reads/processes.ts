import type { Database } from 'better-sqlite3';

import type { LivingProcess, ProcessReport } from '../../store.ts';
import { isProcessGone } from '../../process-identity.ts';

interface Row {
  id: string;
  pid: number;
  host: string;
  birth: string;
  heartbeat_at: number;
  report: string | null;
}

/** Prepares the question which processes are there. */
export function createProcessReads(database: Database, host: string) {
  const rows = database.prepare<[], Row>(
    'SELECT id, pid, host, birth, heartbeat_at, report FROM processes ORDER BY number',
  );
  return {
    livingProcesses: ({ now, silentMs }: { now: number; silentMs: number }): LivingProcess[] =>
      rows
        .all()
        .filter((row) => !isProcessGone(row, host, now - row.heartbeat_at, silentMs))
        .map(({ id, pid, host: at, heartbeat_at: heartbeatAt, report }) => ({
          id,
          pid,
          host: at,
          heartbeatAt,
          // Only heartbeats write it.
          report: report === null ? null : (JSON.parse(report) as ProcessReport),
        })),
  };
}
