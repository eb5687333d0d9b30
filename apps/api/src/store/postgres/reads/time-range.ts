import { sql } from 'kysely';
import type { SqlBool } from 'kysely';

import type { Condition } from '../../list-queries.ts';
import { dayOf, firstNumberOf } from '../row-numbers.ts';

/** From a moment (taken in) up to another one (left out); null: no end. */
export interface TimeRange {
  from: number | null;
  below: number | null;
}

const COLUMNS = {
  events: { at: 'events.received_at', number: 'events.seq' },
  deliveries: { at: 'deliveries.created_at', number: 'deliveries.seq' },
} as const;

/**
 * The conditions of a range. Row numbers tell the server which partitions it need not open: those of days before. Later days may always hold
 * something older, which retention has carried there.
 */
export function rangeConditions(
  table: keyof typeof COLUMNS,
  { from, below }: TimeRange,
): Condition[] {
  const { at, number } = COLUMNS[table];
  const conditions: Condition[] = [];
  if (from !== null) {
    conditions.push(
      sql<SqlBool>`${sql.ref(at)} >= ${from}`,
      sql<SqlBool>`${sql.ref(number)} >= ${firstNumberOf(dayOf(from))}`,
    );
  }
  if (below !== null) conditions.push(sql<SqlBool>`${sql.ref(at)} < ${below}`);
  return conditions;
}
