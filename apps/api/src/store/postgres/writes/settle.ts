import type { Attempt } from '../../../domain/delivery.ts';
import { codeClassOf, stateCode } from '../../codes.ts';
import { attemptMeasure } from '../../measures.ts';
import type { SettleResult, Settlement } from '../../store.ts';
import { countTarget } from '../journal.ts';
import type { Journal } from '../journal.ts';
import { jsonRows } from '../json-rows.ts';
import type { Lease } from '../leases.ts';
import type { Query } from '../pool.ts';
import type { Work } from '../write-session.ts';
import { is, isAmong } from './conditions.ts';
import { lockLines } from './lines.ts';

const DELIVERING = stateCode('delivering');
const RETRYING = stateCode('retrying');

const SETTLE = `
WITH input AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS row (
    place integer, seq bigint, fence integer, state smallint, due_at bigint, reason text, reason_detail text, finished_at bigint, tried integer,
    attempt_id text, number integer, started_at bigint, duration_ms double precision, status_code integer, code_class smallint, error_kind text, error text,
    request text, request_start integer, request_size integer, response text, response_start integer, response_size integer)
), settled AS (
  UPDATE deliveries SET state = input.state, due_at = input.due_at, reason = input.reason, reason_detail = input.reason_detail,
    finished_at = input.finished_at, owner = NULL, attempt_count = deliveries.attempt_count + input.tried,
    last_status_code = CASE WHEN input.tried = 1 THEN input.status_code ELSE deliveries.last_status_code END,
    code_class = CASE WHEN input.tried = 1 THEN input.code_class ELSE deliveries.code_class END,
    last_error_kind = CASE WHEN input.tried = 1 THEN input.error_kind ELSE deliveries.last_error_kind END
  FROM input
  WHERE ${isAmong('deliveries.seq', 'input')} AND deliveries.seq = input.seq AND deliveries.fence = input.fence AND ${is('deliveries.state', DELIVERING)}
  RETURNING input.place, deliveries.seq, deliveries.target_id, deliveries.created_at, deliveries.attempt_count, deliveries.turn
), recorded AS (
  INSERT INTO attempts (delivery_seq, place, id, number, started_at, duration_ms, status_code, error_kind, error, request, request_body, response, response_body)
  SELECT settled.seq, settled.attempt_count - 1, attempt_id, number, started_at, duration_ms, status_code, error_kind, error,
    request, substring($2::bytea FROM request_start + 1 FOR request_size), response, substring($2::bytea FROM response_start + 1 FOR response_size)
  FROM settled JOIN input USING (place) WHERE input.tried = 1
)
SELECT place, seq, target_id, created_at, turn FROM settled`;

interface SettledRow {
  place: number;
  seq: number;
  target_id: string;
  created_at: number;
  turn: number | null;
}

/**
 * Writes outcomes and attempts of leased deliveries.
 * @param leases of the settlements, in their order; null: there is no such lease
 */
export async function settle(
  work: Work,
  settlements: readonly Settlement[],
  leases: readonly (Lease | null)[],
): Promise<SettleResult[]> {
  const { query, journal } = work;
  await lockLines(
    query,
    leases.filter((lease) => lease !== null),
  );
  const rows = await query<SettledRow>(SETTLE, parametersOf(settlements, leases));
  const results = settlements.map((): SettleResult => 'stale');
  const inLine: SettledRow[] = [];
  for (const row of rows) {
    const settlement = settlements[row.place];
    if (!settlement) continue;
    results[row.place] = 'settled';
    countOutcome(journal, settlement, row);
    journal.updatedDeliveries.push(row.seq);
    if (row.turn !== null) inLine.push(row);
  }
  for (const place of await passTurns(work, inLine, settlements)) results[place] = 'next_due';
  return results;
}

function parametersOf(
  settlements: readonly Settlement[],
  leases: readonly (Lease | null)[],
): unknown[] {
  const bodies: Uint8Array[] = [];
  let start = 0;
  const add = (body: Uint8Array | null): { start: number; size: number | null } => {
    if (!body) return { start: 0, size: null };
    bodies.push(body);
    start += body.byteLength;
    return { start: start - body.byteLength, size: body.byteLength };
  };
  // A lease ends once: of two outcomes the first counts.
  const ended = new Set<string>();
  const rows = settlements.flatMap(({ deliveryId, fence, attempt, next, at }, place) => {
    const seq = leases[place]?.seq;
    const lease = `${deliveryId}/${fence}`;
    if (seq === undefined || ended.has(lease)) return [];
    ended.add(lease);
    const isWaiting = stateCode(next.state) === RETRYING;
    return {
      place,
      seq,
      fence,
      state: stateCode(next.state),
      due_at: isWaiting ? (next.nextAttemptAt ?? at) : null,
      reason: next.reason,
      reason_detail: next.reasonDetail,
      finished_at: isWaiting ? null : at,
      tried: attempt ? 1 : 0,
      ...(attempt && attemptRow(attempt, add)),
    };
  });
  return [jsonRows(rows), Buffer.concat(bodies)];
}

function attemptRow(
  attempt: Attempt,
  add: (body: Uint8Array | null) => { start: number; size: number | null },
): object {
  const { request, response } = attempt;
  const requestBody = add(request?.body ?? null);
  const responseBody = add(response?.body ?? null);
  return {
    attempt_id: attempt.id,
    number: attempt.number,
    started_at: attempt.startedAt,
    duration_ms: attempt.durationMs,
    status_code: attempt.statusCode,
    code_class: codeClassOf(attempt.statusCode),
    error_kind: attempt.errorKind,
    error: attempt.error,
    request: request && JSON.stringify({ ...request, body: undefined }),
    request_start: requestBody.start,
    request_size: requestBody.size,
    response: response && JSON.stringify({ ...response, body: undefined }),
    response_start: responseBody.start,
    response_size: responseBody.size,
  };
}

function countOutcome(journal: Journal, { attempt, next, at }: Settlement, row: SettledRow): void {
  const target = row.target_id;
  if (attempt)
    countTarget(journal, attemptMeasure(attempt.statusCode), at, target, attempt.durationMs);
  if (next.state === 'retrying') return;
  countTarget(journal, `delivery.${next.state}`, at, target);
  if (next.state === 'succeeded') {
    countTarget(journal, 'latency', at, target, Math.max(0, at - row.created_at));
  }
}

/** Answers the places of those by which another delivery of their line became due. */
async function passTurns(
  { query, journal }: Work,
  rows: readonly SettledRow[],
  settlements: readonly Settlement[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const steps = rows.map(({ place, seq }) => {
    const state = settlements[place]?.next.state ?? 'succeeded';
    return { place, seq, state: stateCode(state) };
  });
  const changed = await query<{ place: number; changed: number; is_due: boolean }>(
    `SELECT place, changed, is_due
     FROM json_to_recordset($1::json) AS row (place integer, seq bigint, state integer), LATERAL line_settled(seq, state)`,
    [JSON.stringify(steps)],
  );
  journal.updatedDeliveries.push(...changed.map((row) => row.changed));
  return changed.filter((row) => row.is_due).map((row) => row.place);
}

const FIND_LEASES = `
SELECT id AS "deliveryId", fence, seq, subscription_id AS "subscriptionId", ordering_key AS "orderingKey"
FROM deliveries WHERE id = ANY (ARRAY(SELECT json_array_elements_text($1::json))) AND state = ${DELIVERING} AND state <> 3`;

/** Finds leases by the ids of their deliveries, for those that this process does not know. */
export async function findLeases(query: Query, deliveryIds: readonly string[]): Promise<Lease[]> {
  if (deliveryIds.length === 0) return [];
  return query<Lease>(FIND_LEASES, [JSON.stringify(deliveryIds)]);
}
