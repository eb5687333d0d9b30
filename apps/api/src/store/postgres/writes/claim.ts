import { stateCode } from '../../codes.ts';
import { DELIVERY_COLUMNS, EVENT_SUMMARY_COLUMNS, toDelivery, toEvent } from '../../rows.ts';
import type { EventRow, JoinedDeliveryRow } from '../../rows.ts';
import type { Claim, ClaimRequest } from '../../store.ts';
import type { Work } from '../write-session.ts';
import { isAmong } from './conditions.ts';

const DELIVERING = stateCode('delivering');
const EVENT_COLUMNS = [...EVENT_SUMMARY_COLUMNS, 'data'] as const;

/*
 * First the limit is shared out: the first of each target, then the second of each, and so on. Then each target's share is locked, passing over
 * what another process is locking at this moment. Rows are read in the order of an index, as far as the shares go.
 */
const CLAIM = `
WITH lanes AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS lane (target_id text, room bigint, served bigint)
), shares AS MATERIALIZED (
  SELECT target_id, count(*) AS share FROM (
    SELECT lanes.target_id FROM lanes CROSS JOIN LATERAL (
      SELECT due_at, row_number() OVER (ORDER BY due_at, seq) AS turn FROM (
        SELECT due_at, seq FROM deliveries WHERE target_id = lanes.target_id AND due_at <= $2::bigint ORDER BY due_at, seq LIMIT lanes.room
      ) AS due
    ) AS waiting
    ORDER BY waiting.turn, lanes.served, waiting.due_at LIMIT $3::bigint
  ) AS chosen GROUP BY target_id
), chosen AS MATERIALIZED (
  SELECT due.seq, due.due_at FROM shares CROSS JOIN LATERAL (
    SELECT seq, due_at FROM deliveries WHERE target_id = shares.target_id AND due_at <= $2::bigint ORDER BY due_at, seq LIMIT shares.share
    FOR UPDATE SKIP LOCKED
  ) AS due
), leased AS (
  UPDATE deliveries SET state = ${DELIVERING}, due_at = NULL, owner = $4::bigint, fence = deliveries.fence + 1
  FROM chosen WHERE ${isAmong('deliveries.seq', 'chosen')} AND deliveries.seq = chosen.seq
  RETURNING ${DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ')}, chosen.due_at AS was_due_at
)
SELECT leased.*, ${EVENT_COLUMNS.map((column) => `events.${column} AS e_${column}`).join(', ')}, events.id AS record_id
FROM leased JOIN events ON events.seq = leased.event_seq WHERE ${isAmong('events.seq', 'leased', 'event_seq')} ORDER BY was_due_at, leased.seq`;

type LeasedRow = JoinedDeliveryRow & Record<`e_${keyof EventRow}`, unknown>;

/** A claim and the row number of its delivery. */
export interface Leased {
  claim: Claim;
  seq: number;
}

/** Makes the claiming of one process, which remembers whom it served last. */
export function createClaim(processNumber: number) {
  /** Which turn each target was served in last, so that a limit below the number of targets goes round. */
  let servedIn = new Map<string, number>();
  let turn = 0;

  return async ({ query, journal }: Work, request: ClaimRequest): Promise<Leased[]> => {
    turn += 1;
    const { rooms, now, limit } = request;
    const lanes = rooms
      .filter(({ room }) => room > 0)
      .map(({ targetId, room }) => ({
        target_id: targetId,
        room: Math.min(room, limit),
        served: servedIn.get(targetId) ?? 0,
      }));
    const rows = await query<LeasedRow>(CLAIM, [JSON.stringify(lanes), now, limit, processNumber]);
    servedIn = new Map(rooms.map(({ targetId }) => [targetId, servedIn.get(targetId) ?? 0]));
    return rows.map((row) => {
      servedIn.set(row.target_id, turn);
      journal.updatedDeliveries.push(row.seq);
      return { claim: toClaim(row), seq: row.seq };
    });
  };
}

function toClaim(row: LeasedRow): Claim {
  const event = Object.fromEntries(EVENT_COLUMNS.map((column) => [column, row[`e_${column}`]]));
  return {
    // What is leased has the turn, so it waits for none.
    delivery: toDelivery({ ...row, waits_for: null }),
    fence: row.fence,
    // All columns were named in the statement.
    event: toEvent(event as unknown as EventRow),
  };
}
