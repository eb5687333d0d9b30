import { stateCode } from '../../codes.ts';
import { HAS_TURN, WAITS } from '../../turns.ts';
import type { Query } from '../pool.ts';
import { firstNumberOf } from '../row-numbers.ts';
import type { Work, WriteSession } from '../write-session.ts';
import { carryForward } from './carry-forward.ts';
import { countDay } from './count-day.ts';
import { IS_OPEN, countPruned } from './prune-events.ts';

const ROWS_A_TURN = 5000;
/** Dropping waits for queries that read the table now, and all others wait behind it: better to try again later. */
const LOCK_TIMEOUT_MS = 1000;
/** What is open among a day's dead letters may take long to find, and nobody waits for it. */
const TURN_LIMIT_MS = 60_000;
/** Under the locks everybody waits. */
const LOCKED_LIMIT_MS = 5000;

type Range = readonly [first: number, end: number];

/**
 * Removes a whole day at once. What is still open moves to `toDay` first; the keys of its events, and what came of them on later days, go in turns.
 * @param isStopped looked at between two turns; what was begun is gone on with at the next call
 * @returns how many events went; 0 also when another process is at it
 */
export async function dropDay(
  session: WriteSession,
  day: number,
  toDay: number,
  isStopped: () => boolean,
): Promise<number> {
  const turns: readonly ((work: Work) => Promise<boolean>)[] = [
    async (work) => (await carryForward(work, day, toDay)) > 0,
    async (work) => (await removeKeys(work, day)) === ROWS_A_TURN,
    async (work) => (await removeLater(work, day)) === ROWS_A_TURN,
  ];
  for (const turn of turns) {
    for (let hasMore = true; hasMore;) {
      if (isStopped()) return 0;
      const outcome = await alone(session, turn);
      if (outcome === null) return 0;
      hasMore = outcome;
    }
  }
  return (await alone(session, (work) => drop(work, day, isStopped))) ?? 0;
}

/** Of all processes one at a time, or rows would be counted that another has moved away meanwhile. Null: another is at it. */
function alone<T>(session: WriteSession, run: (work: Work) => Promise<T>): Promise<T | null> {
  return session.transact(async (work) => {
    const [lock] = await work.query<{ is_ours: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.signalbox.drop')) AS is_ours`,
    );
    return lock?.is_ours ? run(work) : null;
  }, TURN_LIMIT_MS);
}

async function removeKeys({ query }: Work, day: number): Promise<number> {
  const rows = await query(
    `DELETE FROM event_keys WHERE hash IN (
       SELECT hash FROM event_keys WHERE event_seq >= $1 AND event_seq < $2 ORDER BY event_seq LIMIT ${ROWS_A_TURN}
     ) RETURNING 1 AS one`,
    rangeOf(day),
  );
  return rows.length;
}

/** Deliveries of the day's events that replays have made on later days; they leave with their events. */
async function removeLater({ query, journal }: Work, day: number): Promise<number> {
  const rows = await query(
    `WITH gone AS (
       DELETE FROM deliveries WHERE seq IN (
         SELECT seq FROM deliveries WHERE event_seq >= $1 AND event_seq < $2 AND seq >= $2 AND NOT ${IS_OPEN} LIMIT ${ROWS_A_TURN}
       ) RETURNING seq
     ), attempted AS (
       DELETE FROM attempts USING gone WHERE delivery_seq = gone.seq
     ) SELECT seq FROM gone`,
    rangeOf(day),
  );
  if (rows.length > 0) countPruned(journal, 0, rows.length);
  return rows.length;
}

/** Drops the partitions, unless a delivery was opened again since; then all of it waits for the next time. */
async function drop(work: Work, day: number, isStopped: () => boolean): Promise<number> {
  const { query, post, journal } = work;
  const range = rangeOf(day);
  const events = await countDay(query, 'events', range, isStopped);
  const deliveries = await countDay(query, 'deliveries', range, isStopped);
  // Looked at before too: nobody is held up in vain, and what is read again under the lock lies in memory then.
  if (isStopped() || (await isWanted(query, range))) return 0;
  const name = dayName(day);
  await query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await query(`SET LOCAL statement_timeout = ${LOCKED_LIMIT_MS}`);
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
  if (await isWanted(query, range)) return 0;
  post(`DROP TABLE attempts_${name}, deliveries_${name}, events_${name}`);
  countPruned(journal, events, deliveries);
  return events;
}

/*
 * Everybody waits for these, so each is the first entry of a small index: of the open ones, of those that stand in lines, and of the day's events on
 * later days. The order names the index, since to the planner the numbers of a whole day may look like few.
 */
const REASONS_TO_STAY = [
  `seq >= $1 AND seq < $2 AND state < ${stateCode('succeeded')} ORDER BY state`,
  `seq >= $1 AND seq < $2 AND turn = ${WAITS} ORDER BY subscription_id`,
  `seq >= $1 AND seq < $2 AND turn = ${HAS_TURN} ORDER BY subscription_id`,
  'event_seq >= $1 AND event_seq < $2 AND seq >= $2 ORDER BY event_seq',
];

async function isWanted(query: Query, range: Range): Promise<boolean> {
  for (const reason of REASONS_TO_STAY) {
    const found = await query(`SELECT 1 AS one FROM deliveries WHERE ${reason} LIMIT 1`, range);
    if (found.length > 0) return true;
  }
  return false;
}

function rangeOf(day: number): Range {
  return [firstNumberOf(day), firstNumberOf(day + 1)];
}

/** As `make_day` names the partitions. */
function dayName(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}
