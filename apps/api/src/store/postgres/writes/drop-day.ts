import { firstNumberOf } from '../row-numbers.ts';
import type { Work, WriteSession } from '../write-session.ts';
import { carryForward } from './carry-forward.ts';
import { IS_OPEN, countPruned } from './prune-events.ts';

const ROWS_A_TURN = 5000;
/** Dropping waits for queries that read the table now, and all others wait behind it: better to try again later. */
const LOCK_TIMEOUT_MS = 1000;

/**
 * Removes a whole day at once. What is still open moves to `toDay` first; the keys of its events, and what came of them on later days, go in turns.
 * @returns how many events went
 */
export async function dropDay(session: WriteSession, day: number, toDay: number): Promise<number> {
  while ((await session.transact((work) => carryForward(work, day, toDay))) > 0);
  while ((await session.transact((work) => removeKeys(work, day))) === ROWS_A_TURN);
  while ((await session.transact((work) => removeLater(work, day))) === ROWS_A_TURN);
  return session.transact((work) => drop(work, day));
}

async function removeKeys({ query }: Work, day: number): Promise<number> {
  const rows = await query(
    `DELETE FROM event_keys WHERE hash IN (
       SELECT hash FROM event_keys WHERE event_seq >= $1 AND event_seq < $2 ORDER BY event_seq LIMIT ${ROWS_A_TURN}
     ) RETURNING 1 AS one`,
    [firstNumberOf(day), firstNumberOf(day + 1)],
  );
  return rows.length;
}

/** Deliveries of the day's events that replays have made on later days; they leave with their events. */
async function removeLater({ query, journal }: Work, day: number): Promise<number> {
  const end = firstNumberOf(day + 1);
  const rows = await query(
    `WITH gone AS (
       DELETE FROM deliveries WHERE seq IN (
         SELECT seq FROM deliveries WHERE event_seq >= $1 AND event_seq < $2 AND seq >= $2 AND NOT ${IS_OPEN} LIMIT ${ROWS_A_TURN}
       ) RETURNING seq
     ), attempted AS (
       DELETE FROM attempts USING gone WHERE delivery_seq = gone.seq
     ) SELECT seq FROM gone`,
    [firstNumberOf(day), end],
  );
  if (rows.length > 0) countPruned(journal, 0, rows.length);
  return rows.length;
}

/** Drops the partitions, unless a delivery was opened again since; then all of it waits for the next time. */
async function drop({ query, post, journal }: Work, day: number): Promise<number> {
  const range = [firstNumberOf(day), firstNumberOf(day + 1)];
  const [counts] = await query<{ events: number; deliveries: number }>(
    `SELECT (SELECT count(*) FROM events WHERE seq >= $1 AND seq < $2) AS events,
       (SELECT count(*) FROM deliveries WHERE seq >= $1 AND seq < $2) AS deliveries`,
    range,
  );
  const name = dayName(day);
  await query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await query('LOCK TABLE ONLY events, ONLY deliveries, ONLY attempts IN ACCESS EXCLUSIVE MODE');
  const [there] = await query<{ is_there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS is_there',
    [`events_${name}`],
  );
  // Another process was quicker.
  if (!there?.is_there) return 0;
  await query(
    `LOCK TABLE events_${name}, deliveries_${name}, attempts_${name} IN ACCESS EXCLUSIVE MODE`,
  );
  const open = await query(
    `SELECT 1 AS one FROM deliveries WHERE event_seq >= $1 AND event_seq < $2 AND (${IS_OPEN} OR seq >= $2) LIMIT 1`,
    range,
  );
  if (open.length > 0) return 0;
  post(`DROP TABLE attempts_${name}, deliveries_${name}, events_${name}`);
  countPruned(journal, counts?.events ?? 0, counts?.deliveries ?? 0);
  return counts?.events ?? 0;
}

/** As `make_day` names the partitions. */
function dayName(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}
