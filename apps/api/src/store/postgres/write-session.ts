import type { Clock } from '../../domain/clock.ts';
import { isUndone } from './failures.ts';
import { newJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import type { Database, Post, Query } from './pool.ts';
import { writeJournal } from './writes/write-journal.ts';

/** How often a transaction that others stood in the way of is done again. */
const MOST_TRIES = 5;

/** One transaction under way. */
export interface Work {
  query: Query;
  post: Post;
  journal: Journal;
}

/** Runs transactions for one process. */
export interface WriteSession {
  /** The number that this process's leases, rollups and sights carry. */
  readonly processNumber: number;
  /**
   * Runs a transaction, with its counters and its change row as its last step, and again from the start where the server undid it for
   * the sake of another.
   * @param limitMs how long each statement may take; default: as all others
   */
  transact: <T>(run: (work: Work) => Promise<T>, limitMs?: number) => Promise<T>;
}

/** @param onChanges called after each commit that the change feed tells of */
export function createWriteSession(deps: {
  database: Database;
  clock: Clock;
  processNumber: number;
  onChanges: () => void;
}): WriteSession {
  const { database, clock, processNumber, onChanges } = deps;

  async function runOnce<T>(run: (work: Work) => Promise<T>, limitMs?: number): Promise<T> {
    const { output, hasChanges } = await database.transaction(
      async (query, post) => {
        const journal = newJournal(clock.now());
        const output = await run({ query, post, journal });
        return { output, hasChanges: writeJournal(post, journal, processNumber) };
      },
      '',
      limitMs,
    );
    if (hasChanges) onChanges();
    return output;
  }

  return {
    processNumber,
    async transact(run, limitMs) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await runOnce(run, limitMs);
        } catch (error) {
          if (tries === MOST_TRIES || !isUndone(error)) throw error;
        }
      }
    },
  };
}
