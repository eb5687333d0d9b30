/** What of a server says how many days its table of locks has room for. */
export interface LockRoom {
  /** `max_locks_per_transaction`. */
  locksPerTransaction: number;
  /** `max_connections` and `max_prepared_transactions` together. */
  transactions: number;
  /** Tables and indexes that each day adds. */
  relationsADay: number;
}

/** Of each of the three: what its indexes make for a day, the table of the day, and its own index of ids. */
export const LOCK_ROOM = `
SELECT current_setting('max_locks_per_transaction')::integer AS "locksPerTransaction",
  current_setting('max_connections')::integer + current_setting('max_prepared_transactions')::integer AS transactions,
  (SELECT count(*) FROM pg_index WHERE indrelid IN (to_regclass('events'), to_regclass('deliveries'), to_regclass('attempts'))) + 6 AS "relationsADay"`;

/** Days that are there besides those that are kept: today, and the next one, made ahead. */
const MORE_DAYS = 2;
/** A relation takes a place, and so does each statement that holds it: several are under way at any time. */
const SHARE_OF_STATEMENTS = 2;

/**
 * Whether the server's table of locks holds the days that are kept: a statement that is not about one day locks the tables and indexes of all
 * of them. How large the table is, is told by the PostgreSQL manual under `max_locks_per_transaction`.
 * @returns null when it does
 */
export function findLockShortage(room: LockRoom, retentionDays: number): LockShortage | null {
  const { locksPerTransaction, transactions, relationsADay } = room;
  const needed = relationsADay * (retentionDays + MORE_DAYS) * SHARE_OF_STATEMENTS;
  const available = locksPerTransaction * transactions;
  if (needed <= available) return null;
  const advised = Math.ceil(needed / transactions);
  return {
    detail: `the database has room for ${available} locks, and RETENTION_DAYS=${retentionDays} takes ${needed}`,
    action: `Set the server's max_locks_per_transaction to ${advised} or more and restart it, or lower RETENTION_DAYS.`,
  };
}

export interface LockShortage {
  detail: string;
  /** What to do about it. */
  action: string;
}
