import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import { DELIVERY_COLUMNS, EVENT_SUMMARY_COLUMNS, toDelivery, toEvent } from '../../rows.ts';
import type { DeliveryRow, EventRow } from '../../rows.ts';
import type { ClaimRequest } from '../../store.ts';
import type { ClaimedRow } from '../commands.ts';
import type { Transaction } from '../transaction.ts';
import { createLines } from './lines.ts';

const DELIVERING = stateCode('delivering');

interface Lane {
  targetId: string;
  room: number;
  oldestDueAt: number;
}

/** Prepares the statements that lease due deliveries and give leases back. */
export function createClaim(database: Database, processNumber: number) {
  const oldestDue = database
    .prepare<[string, number], number | null>(
      'SELECT min(due_at) FROM deliveries WHERE target_id = ? AND due_at <= ?',
    )
    .pluck();
  const due = database.prepare<[string, number, number], DeliveryRow>(
    `SELECT ${DELIVERY_COLUMNS.join(', ')} FROM deliveries WHERE target_id = ? AND due_at <= ? ORDER BY due_at, seq LIMIT ?`,
  );
  const lease = database.prepare(
    `UPDATE deliveries SET state = ${DELIVERING}, due_at = NULL, owner = ${processNumber}, fence = fence + 1 WHERE seq = ?`,
  );
  const eventOf = database.prepare<[number], EventRow>(
    `SELECT ${EVENT_SUMMARY_COLUMNS.join(', ')}, data FROM events WHERE seq = ?`,
  );
  /** Which turn each target was served in last, so that a limit below the number of targets goes round. */
  let servedIn = new Map<string, number>();
  let turn = 0;

  function leaseOne(row: DeliveryRow, transaction: Transaction): ClaimedRow {
    lease.run(row.seq);
    transaction.updatedDeliveries.push(row.seq);
    const event = eventOf.get(row.event_seq);
    if (!event) throw new Error('A delivery points to no event.');
    const fence = row.fence + 1;
    const leased = {
      ...row,
      state: DELIVERING,
      due_at: null,
      fence,
      record_id: event.id,
      waits_for: null,
    };
    return { delivery: toDelivery(leased), fence, event: toEvent(event) };
  }

  function lanesWithWork(request: ClaimRequest): Lane[] {
    const lanes: Lane[] = [];
    for (const { targetId, room } of request.rooms) {
      if (room <= 0) continue;
      const oldestDueAt = oldestDue.get(targetId, request.now);
      if (oldestDueAt !== null && oldestDueAt !== undefined) {
        lanes.push({ targetId, room, oldestDueAt });
      }
    }
    const turnOf = (lane: Lane) => servedIn.get(lane.targetId) ?? 0;
    return lanes.sort((a, b) => turnOf(a) - turnOf(b) || a.oldestDueAt - b.oldestDueAt);
  }

  return (request: ClaimRequest, transaction: Transaction): ClaimedRow[] => {
    turn += 1;
    const claims: ClaimedRow[] = [];
    let lanes = lanesWithWork(request);
    const served = new Map<string, number>();
    for (const { targetId } of request.rooms) served.set(targetId, servedIn.get(targetId) ?? 0);
    while (lanes.length > 0 && claims.length < request.limit) {
      const share = Math.max(1, Math.floor((request.limit - claims.length) / lanes.length));
      const hungry: Lane[] = [];
      for (const lane of lanes) {
        const wanted = Math.min(lane.room, share, request.limit - claims.length);
        if (wanted <= 0) break;
        const rows = due.all(lane.targetId, request.now, wanted);
        for (const row of rows) claims.push(leaseOne(row, transaction));
        served.set(lane.targetId, turn);
        if (rows.length === wanted && lane.room > wanted) {
          hungry.push({ ...lane, room: lane.room - wanted });
        }
      }
      lanes = hungry;
    }
    servedIn = served;
    return claims;
  };
}

export function createRelease(database: Database) {
  const lines = createLines(database);
  const giveBack = database.prepare<[number, string, number], { seq: number; turn: number | null }>(
    `UPDATE deliveries SET state = iif(attempt_count > 0, ${stateCode('retrying')}, ${stateCode('pending')}), due_at = ?, owner = NULL
       WHERE id = ? AND fence = ? AND state = ${DELIVERING} RETURNING seq, turn`,
  );
  return (claims: readonly { deliveryId: string; fence: number }[], transaction: Transaction) => {
    for (const { deliveryId, fence } of claims) {
      const row = giveBack.get(transaction.now, deliveryId, fence);
      if (!row) continue;
      transaction.updatedDeliveries.push(row.seq);
      if (row.turn !== null) lines.givenBack(row.seq, transaction);
    }
    return null;
  };
}
