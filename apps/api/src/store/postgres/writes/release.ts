import { stateCode } from '../../codes.ts';
import type { Lease } from '../leases.ts';
import type { Work } from '../write-session.ts';
import { is, isAmong } from './conditions.ts';
import { lockLines, moveLines } from './lines.ts';

const DELIVERING = stateCode('delivering');
const PENDING = stateCode('pending');
const RETRYING = stateCode('retrying');

const RELEASE = `
WITH lease AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS row (seq bigint, fence integer))
UPDATE deliveries SET state = CASE WHEN attempt_count > 0 THEN ${RETRYING} ELSE ${PENDING} END, due_at = $2::bigint, owner = NULL
FROM lease
WHERE ${isAmong('deliveries.seq', 'lease')} AND deliveries.seq = lease.seq AND deliveries.fence = lease.fence AND ${is('deliveries.state', DELIVERING)}
RETURNING deliveries.seq, deliveries.turn`;

/** Gives leases back untried, due at once; stale ones are passed over. Answers how many there were. */
export async function release(work: Work, leases: readonly Lease[]): Promise<number> {
  if (leases.length === 0) return 0;
  const { query, journal } = work;
  await lockLines(query, leases);
  const rows = await query<{ seq: number; turn: number | null }>(RELEASE, [
    JSON.stringify(leases.map(({ seq, fence }) => ({ seq, fence }))),
    journal.now,
  ]);
  journal.updatedDeliveries.push(...rows.map((row) => row.seq));
  const inLine = rows.filter((row) => row.turn !== null);
  await moveLines(
    work,
    inLine.map(({ seq }) => ({ seq, step: 'given_back' })),
  );
  return rows.length;
}
