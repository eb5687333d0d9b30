import { NUMBERS_A_DAY, firstNumberOf } from '../row-numbers.ts';
import type { Work } from '../write-session.ts';
import { DELIVERY_NUMBER } from './birth.ts';
import { lockLines } from './lines.ts';
import { IS_OPEN } from './prune-events.ts';

const EVENTS_A_TURN = 200;

/** Events of a day with an open delivery, whichever day that one lies in. */
const FIND = `
SELECT DISTINCT event_seq FROM deliveries
WHERE event_seq >= $1 AND event_seq < $2 AND state <> 3 AND ${IS_OPEN} ORDER BY event_seq LIMIT ${EVENTS_A_TURN}`;
/** Deliveries that lie in the day without their events: two clocks differed at midnight. */
const FIND_STRAYS = `
SELECT seq FROM deliveries
WHERE seq >= $1 AND seq < $2 AND (event_seq < $1 OR event_seq >= $2) ORDER BY seq LIMIT ${EVENTS_A_TURN}`;

const FIND_LINES = `
SELECT DISTINCT subscription_id AS "subscriptionId", ordering_key AS "orderingKey" FROM deliveries
WHERE (event_seq = ANY ($1::bigint[]) OR seq = ANY ($2::bigint[])) AND ordering_key IS NOT NULL`;

const EVENT_COLUMNS =
  'id, event_id, source, type, subject, time, data_content_type, data_schema, extensions, data_kind, source_id, status, status_detail, received_at, size_bytes, traceparent, data, words';

const MOVE_EVENTS = `
WITH moved AS MATERIALIZED (
  SELECT seq, $2::bigint * ${NUMBERS_A_DAY} + nextval('events_running') AS new_seq
  FROM (SELECT seq FROM events WHERE seq = ANY ($1::bigint[]) ORDER BY seq FOR UPDATE) AS old
), written AS (
  INSERT INTO events (seq, ${EVENT_COLUMNS})
  SELECT new_seq, ${EVENT_COLUMNS} FROM events JOIN moved USING (seq)
), keys AS (
  UPDATE event_keys SET event_seq = new_seq FROM moved WHERE event_seq = moved.seq
), gone AS (
  DELETE FROM events USING moved WHERE events.seq = moved.seq
)
SELECT seq, new_seq FROM moved`;

// A delivery's number is its place in the table, so it moves as a new row.
const DELIVERY_COLUMNS =
  'id, event_type, source_id, subscription_id, target_id, replay_id, ordering_key, turn, place, created_at, state, attempt_count, schedule_start, due_at, owner, fence, reason, reason_detail, last_status_code, code_class, last_error_kind, finished_at';
const MOVE_DELIVERIES = `
WITH old AS MATERIALIZED (
  SELECT seq, event_seq, $2::bigint AS day FROM deliveries WHERE seq = ANY ($1::bigint[]) ORDER BY seq FOR UPDATE
), moved AS MATERIALIZED (
  SELECT seq, event_seq, ${DELIVERY_NUMBER} AS new_seq FROM old
), taken AS (
  DELETE FROM deliveries USING moved WHERE deliveries.seq = moved.seq
  RETURNING moved.new_seq, moved.event_seq AS new_event_seq, ${DELIVERY_COLUMNS.split(', ')
    .map((column) => `deliveries.${column}`)
    .join(', ')}
), written AS (
  INSERT INTO deliveries (seq, event_seq, ${DELIVERY_COLUMNS}) SELECT new_seq, new_event_seq, ${DELIVERY_COLUMNS} FROM taken
), attempted AS (
  UPDATE attempts SET delivery_seq = new_seq FROM moved WHERE delivery_seq = moved.seq
)
SELECT new_seq FROM moved`;

/**
 * Moves what a day holds that is still wanted to another day: events with open deliveries, with all that belongs to them. Their lines are held, so that
 * nobody gives the turn to a number that is no more.
 * @returns how many rows were found; 0: nothing is left to move
 */
export async function carryForward(work: Work, day: number, toDay: number): Promise<number> {
  const { query } = work;
  const range = [firstNumberOf(day), firstNumberOf(day + 1)] as const;
  const events = (await query<{ event_seq: number }>(FIND, range)).map((row) => row.event_seq);
  const strays = (await query<{ seq: number }>(FIND_STRAYS, range)).map((row) => row.seq);
  await lockLines(query, await query(FIND_LINES, [list(events), list(strays)]));
  if (events.length > 0) {
    const moved = await query<{ seq: number; new_seq: number }>(MOVE_EVENTS, [list(events), toDay]);
    await moveDeliveriesOf(work, moved, range, toDay);
  }
  await moveDeliveries(work, strays, toDay);
  return events.length + strays.length;
}

/** All deliveries learn the new numbers of their events; those of the day itself move too. */
async function moveDeliveriesOf(
  work: Work,
  events: readonly { seq: number; new_seq: number }[],
  [first, end]: readonly [number, number],
  toDay: number,
): Promise<void> {
  const rows = await work.query<{ seq: number }>(
    `UPDATE deliveries SET event_seq = moved.new_seq FROM json_to_recordset($1::json) AS moved (seq bigint, new_seq bigint)
     WHERE deliveries.event_seq = moved.seq RETURNING deliveries.seq`,
    [JSON.stringify(events)],
  );
  const seqs = rows.map(({ seq }) => seq).filter((seq) => seq >= first && seq < end);
  await moveDeliveries(work, seqs, toDay);
}

async function moveDeliveries(work: Work, seqs: readonly number[], toDay: number): Promise<void> {
  if (seqs.length === 0) return;
  const rows = await work.query<{ new_seq: number }>(MOVE_DELIVERIES, [list(seqs), toDay]);
  // Whoever follows the change feed learns them under their new numbers.
  work.journal.updatedDeliveries.push(...rows.map((row) => row.new_seq));
}

function list(numbers: readonly number[]): string {
  return `{${numbers.join()}}`;
}
