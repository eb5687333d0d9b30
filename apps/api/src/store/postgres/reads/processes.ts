import { isProcessGone } from '../../process-identity.ts';
import type { ProcessReport, Store } from '../../store.ts';
import type { Query } from '../pool.ts';

interface ProcessRow {
  id: string;
  pid: number;
  host: string;
  birth: string;
  heartbeat_at: number;
  report: string | null;
}

/** The question which processes are there. */
export function createProcessReads(query: Query, host: string): Pick<Store, 'livingProcesses'> {
  return {
    async livingProcesses(now, silentMs) {
      const rows = await query<ProcessRow>(
        'SELECT id, pid, host, birth, heartbeat_at, report FROM processes ORDER BY number',
      );
      return rows
        .filter((row) => !isProcessGone(row, host, now, silentMs))
        .map(({ id, pid, host: at, heartbeat_at: heartbeatAt, report }) => ({
          id,
          pid,
          host: at,
          heartbeatAt,
          // Only heartbeats write it.
          report: report === null ? null : (JSON.parse(report) as ProcessReport),
        }));
    },
  };
}
