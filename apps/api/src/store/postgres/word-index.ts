import { INDEXED_BYTES } from '../search-text.ts';
import type { NewEvent } from '../store.ts';
import type { Database } from './pool.ts';
import { dayOf } from './row-numbers.ts';

/** About how many bytes of indexed text gather before they are worked in. */
const BYTES_A_TURN = 1024 * 1024;
/** Ids and the like, which are indexed with each event. */
const BYTES_AN_EVENT = 200;

// The days that have events now: clocks of several processes may differ at midnight.
const WORK_IN = `
SELECT gin_clean_pending_list(pg_index.indexrelid)
FROM pg_inherits JOIN pg_index ON pg_index.indexrelid = inhrelid
WHERE inhparent = 'events_words'::regclass AND indrelid = ANY (
  SELECT to_regclass('events_' || to_char(date '1970-01-01' + day, 'YYYYMMDD')) FROM unnest($1::integer[]) AS day)`;

/** Works new words into the index, apart from the transactions that bring them. */
export interface WordIndex {
  /** After the commit of these. */
  noteAppended(batch: readonly NewEvent[]): void;
}

/**
 * New entries of the index gather in a list, and searches read that list too. Left alone, the server works it in when it is full, inside the transaction
 * that fills it, and that one event then waits for hundreds of milliseconds. So its limit is set high, and this keeps it short.
 */
export function createWordIndex(database: Pick<Database, 'query'>): WordIndex {
  const days = new Set<number>();
  let gatheredBytes = 0;
  let isUnderWay = false;

  async function workIn(): Promise<void> {
    const wanted = [...days];
    days.clear();
    gatheredBytes = 0;
    await database.query(WORK_IN, [`{${wanted.join()}}`]);
  }

  return {
    noteAppended(batch) {
      for (const { event } of batch) {
        days.add(dayOf(event.receivedAt));
        gatheredBytes += BYTES_AN_EVENT + Math.min(event.data?.byteLength ?? 0, INDEXED_BYTES);
      }
      if (isUnderWay || gatheredBytes < BYTES_A_TURN) return;
      isUnderWay = true;
      workIn()
        // The words are in the index either way; the next turn, or the server by itself, works them in.
        .catch(() => undefined)
        .finally(() => (isUnderWay = false));
    },
  };
}
