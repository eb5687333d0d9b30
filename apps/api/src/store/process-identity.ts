import { isProcessAlive } from './process-birth.ts';

/** Names one running process. The id is new at each start; pids come again. */
export interface ProcessIdentity {
  /** `prc_…` */
  id: string;
  pid: number;
  /** The machine's name. */
  host: string;
}

/** Whether the process of a row has ended: seen at once on this host, by its silence from others. */
export function isProcessGone(
  row: { pid: number; host: string; birth: string },
  ownHost: string,
  silentForMs: number,
  silentMs: number,
): boolean {
  if (row.host === ownHost && !isProcessAlive(row.pid, row.birth)) return true;
  return silentForMs >= silentMs;
}
