import { isProcessGone } from '../../process-identity.ts';
import type { ProcessReport, Store } from '../../store.ts';
import type { Query } from '../pool.ts';
import type { Silence } from '../silence.ts';

interface ProcessRow {
  number: number;
  id: string;
  pid: number;
  host: string;
  birth: string;
  heartbeat_at: number;
  report: string | null;
}

/** The question which processes are there. */
export function createProcessReads(
  query: Query,
  host: string,
  silence: Silence,
): Pick<Store, 'livingProcesses'> {
  return {
    async livingProcesses(now, silentMs) {
      const rows = await query<ProcessRow>(
        'SELECT number, id, pid, host, birth, heartbeat_at, report FROM processes ORDER BY number',
      );
      const silentFor = silence(rows, now);
      return rows
        .filter((row) => !isProcessGone(row, host, silentFor.get(row.number) ?? 0, silentMs))
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
