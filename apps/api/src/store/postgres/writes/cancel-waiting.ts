import { stateCode } from '../../codes.ts';
import { WAITS } from '../../turns.ts';
import { countTarget } from '../journal.ts';
import type { Work } from '../write-session.ts';
import { is } from './conditions.ts';
import { lockLines, moveLines } from './lines.ts';

const CANCELLED = stateCode('cancelled');
const DEAD = stateCode('dead');

export interface CancelWaiting {
  filter: { targetId: string } | { subscriptionId: string } | { replayId: string };
  reason: { code: string; detail: string };
  at: number;
  limit: number;
}

// What waits for its turn goes first, so that it is not given the turn only to be cancelled next.
const CONDITIONS = [
  {
    condition: `turn = ${WAITS} AND state <> ${DEAD}`,
    recheck: `${is('turn', WAITS)} AND state <> ${DEAD}`,
  },
  { condition: 'due_at IS NOT NULL', recheck: 'due_at + 0 IS NOT NULL' },
];

interface WaitingRow {
  seq: number;
  subscriptionId: string;
  orderingKey: string | null;
}

/** Cancels up to `limit` waiting deliveries. Answers how many it found, of which some may have been leased before it came to them. */
export async function cancelWaiting(
  work: Work,
  request: CancelWaiting,
): Promise<{ found: number; cancelled: number }> {
  const [column, id] = columnOf(request.filter);
  const count = { found: 0, cancelled: 0 };
  for (const { condition, recheck } of CONDITIONS) {
    const rows = await work.query<WaitingRow>(
      `SELECT seq, subscription_id AS "subscriptionId", ordering_key AS "orderingKey"
       FROM deliveries WHERE ${column} = $1 AND ${condition} ORDER BY seq LIMIT $2`,
      [id, request.limit - count.found],
    );
    await lockLines(work.query, rows);
    count.found += rows.length;
    count.cancelled += await cancel(work, rows, recheck, request);
  }
  return count;
}

/** What has been leased or has ended since it was found no longer meets the condition, and is left alone. */
async function cancel(
  work: Work,
  found: readonly WaitingRow[],
  recheck: string,
  { reason, at }: CancelWaiting,
): Promise<number> {
  if (found.length === 0) return 0;
  const rows = await work.query<{ seq: number; target_id: string; ordering_key: string | null }>(
    `UPDATE deliveries SET state = ${CANCELLED}, due_at = NULL, reason = $2, reason_detail = $3, finished_at = $4
     FROM unnest($1::bigint[]) AS found (number) WHERE seq = found.number AND ${recheck}
     RETURNING seq, target_id, ordering_key`,
    [`{${found.map(({ seq }) => seq).join()}}`, reason.code, reason.detail, at],
  );
  for (const row of rows) {
    countTarget(work.journal, 'delivery.cancelled', at, row.target_id);
    work.journal.updatedDeliveries.push(row.seq);
  }
  const inLine = rows.filter((row) => row.ordering_key !== null);
  await moveLines(
    work,
    inLine.map(({ seq }) => ({ seq, step: 'ended' })),
  );
  return rows.length;
}

function columnOf(filter: CancelWaiting['filter']): [column: string, id: string] {
  if ('targetId' in filter) return ['target_id', filter.targetId];
  if ('subscriptionId' in filter) return ['subscription_id', filter.subscriptionId];
  return ['replay_id', filter.replayId];
}
