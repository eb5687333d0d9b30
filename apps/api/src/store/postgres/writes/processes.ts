import { stateCode } from '../../codes.ts';
import type { ProcessReport } from '../../store.ts';
import { processBirth } from '../../process-birth.ts';
import { isProcessGone } from '../../process-identity.ts';
import type { ProcessIdentity } from '../../process-identity.ts';
import type { Lease } from '../leases.ts';
import type { Query } from '../pool.ts';
import type { Silence } from '../silence.ts';
import type { Work } from '../write-session.ts';
import { release } from './release.ts';

const DELIVERING = stateCode('delivering');

interface ProcessRow {
  number: number;
  pid: number;
  host: string;
  birth: string;
  heartbeat_at: number;
}

/** Enters a process that starts now. Answers the number that its leases and rollups carry. */
export async function registerProcess(
  query: Query,
  identity: ProcessIdentity,
  now: number,
): Promise<number> {
  const [row] = await query<{ number: number }>(
    'INSERT INTO processes (id, pid, host, birth, heartbeat_at) VALUES ($1,$2,$3,$4,$5) RETURNING number',
    [identity.id, identity.pid, identity.host, processBirth(identity.pid), now],
  );
  if (!row) throw new Error('The process was not entered.');
  return row.number;
}

// A process that was given up for dead and woke up enters itself again.
const BEAT = `
INSERT INTO processes (number, id, pid, host, birth, heartbeat_at, report) OVERRIDING SYSTEM VALUE VALUES ($1,$2,$3,$4,$5,$6,$7)
ON CONFLICT (number) DO UPDATE SET heartbeat_at = excluded.heartbeat_at, report = coalesce(excluded.report, processes.report)`;

/** Says that this process lives. */
export async function heartbeat(
  query: Query,
  identity: ProcessIdentity,
  number: number,
  now: number,
  report?: ProcessReport,
): Promise<void> {
  const { id, pid, host } = identity;
  const text = report ? JSON.stringify(report) : null;
  await query(BEAT, [number, id, pid, host, processBirth(pid), now, text]);
}

// Owners of leases that are not entered: given up for dead, woken up, and gone before a heartbeat.
const UNENTERED = `
SELECT DISTINCT owner FROM (
  SELECT owner FROM deliveries WHERE state = ${DELIVERING} AND state <> 3
  UNION ALL SELECT owner FROM jobs WHERE state = 'running' AND owner IS NOT NULL
) AS leases WHERE owner <> $1 AND owner NOT IN (SELECT number FROM processes)`;

/** Finds the owners whose leases are to be taken over: processes that are gone, and owners nobody knows. */
export async function findGoneOwners(
  query: Query,
  identity: ProcessIdentity,
  number: number,
  { silence, now, silentMs }: { silence: Silence; now: number; silentMs: number },
): Promise<number[]> {
  const others = await query<ProcessRow>(
    'SELECT number, pid, host, birth, heartbeat_at FROM processes WHERE number <> $1',
    [number],
  );
  const silentFor = silence(others, now);
  const gone = others.filter((row) =>
    isProcessGone(row, identity.host, silentFor.get(row.number) ?? 0, silentMs),
  );
  const unentered = await query<{ owner: number }>(UNENTERED, [number]);
  return [...gone.map((row) => row.number), ...unentered.map((row) => row.owner)];
}

const LEASES_OF = `
SELECT id AS "deliveryId", fence, seq, subscription_id AS "subscriptionId", ordering_key AS "orderingKey"
FROM deliveries WHERE state = ${DELIVERING} AND state <> 3 AND owner = $1 ORDER BY seq`;

/** All leases of an owner, as the database has them. */
export function leasesOf(query: Query, owner: number): Promise<Lease[]> {
  return query<Lease>(LEASES_OF, [owner]);
}

/** Takes all leases of an owner that is gone. Answers how many deliveries there were. */
export async function takeOverFrom(work: Work, owner: number): Promise<number> {
  const count = await release(work, await leasesOf(work.query, owner));
  work.post("UPDATE jobs SET owner = NULL WHERE state = 'running' AND owner = $1", [owner]);
  work.post('DELETE FROM processes WHERE number = $1', [owner]);
  return count;
}
