import type { Query } from './pool.ts';

/** The partitions of days. */
export interface Days {
  /** Makes the partitions of these days (counted from 1970) where this process does not know that they are there. */
  ensure(days: Iterable<number>): Promise<void>;
  /** All days that have partitions, oldest first. */
  list(): Promise<number[]>;
  /** Days may have gone: what was known is looked up again. */
  forget(): void;
}

export function createDays(query: Query): Days {
  const known = new Set<number>();
  return {
    async ensure(days) {
      for (const day of new Set(days)) {
        if (known.has(day)) continue;
        await query('SELECT make_day($1)', [day]);
        known.add(day);
      }
    },
    async list() {
      const rows = await query<{ day: number }>(
        `SELECT to_date(right(relname, 8), 'YYYYMMDD') - date '1970-01-01' AS day
         FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'events'::regclass ORDER BY relname`,
      );
      return rows.map((row) => row.day);
    },
    forget() {
      known.clear();
    },
  };
}
