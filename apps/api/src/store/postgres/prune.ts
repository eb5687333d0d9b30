import { attemptEach } from './attempt-each.ts';
import { sqlState } from './failures.ts';
import { dayOf } from './row-numbers.ts';
import type { WriteParts } from './write-parts.ts';
import { dropDay } from './writes/drop-day.ts';
import { pruneEvents } from './writes/prune-events.ts';
import { pruneRest } from './writes/prune-rest.ts';

const DAY_MS = 86_400_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Retention. What is to be kept for a day or longer leaves in whole days, one a call, as soon as all of a day is old enough: that takes
 * the same moment however much there is. Shorter spans leave row by row.
 */
export async function prune(
  parts: WriteParts,
  before: number,
  now: number,
  limit: number,
  isStopped: () => boolean,
): Promise<number> {
  const { database, session } = parts;
  if (isStopped()) return 0;
  let count = 0;
  await attemptEach([
    async () => {
      count =
        now - before >= DAY_MS
          ? await dropOldest(parts, before, now, isStopped)
          : await session.transact((work) => pruneEvents(work, before, limit));
    },
    () => pruneRest(database.query, { before, now }, isStopped),
  ]);
  return count;
}

async function dropOldest(
  { session, days }: WriteParts,
  before: number,
  now: number,
  isStopped: () => boolean,
): Promise<number> {
  const [oldest] = await days.list();
  if (oldest === undefined || oldest >= dayOf(before)) return 0;
  await days.ensure([dayOf(now)]);
  try {
    return await dropDay(session, oldest, dayOf(now), isStopped);
  } catch (error) {
    // Long queries are reading: the next call tries again.
    if (sqlState(error) === LOCK_NOT_AVAILABLE) return 0;
    throw error;
  } finally {
    days.forget();
  }
}
