import { hash } from 'node:crypto';

import type { Query } from '../pool.ts';
import type { Work } from '../write-session.ts';

/** Lines share this many locks, so that one transaction never holds more, however many lines it touches. */
const LOCKS = 256;
// The first of the two numbers of our advisory locks; any will do that nobody else uses in the same database.
const LOCK_CLASS = 7_446_218;

interface InLine {
  subscriptionId: string | null;
  orderingKey: string | null;
}

/**
 * Holds the lines of ordered deliveries until the transaction ends: whoever looks at a line and then changes it does this first, so that a line
 * changes in the order of commits. Deliveries without a key need nothing.
 */
export async function lockLines(query: Query, deliveries: readonly InLine[]): Promise<void> {
  const numbers = new Set<number>();
  for (const { subscriptionId, orderingKey } of deliveries) {
    if (orderingKey !== null) numbers.add(lockOf(subscriptionId ?? '', orderingKey));
  }
  if (numbers.size === 0) return;
  // In one order for all, so that nobody waits in a circle.
  const sorted = [...numbers].sort((a, b) => a - b);
  await query(
    `SELECT pg_advisory_xact_lock(${LOCK_CLASS}, number) FROM unnest($1::integer[]) AS number`,
    [`{${sorted.join()}}`],
  );
}

function lockOf(subscriptionId: string, orderingKey: string): number {
  return hash('sha1', `${subscriptionId}\n${orderingKey}`, 'buffer').readUInt16LE() % LOCKS;
}

/** What may happen to a delivery that stands in a line; see the functions of the same names in the database. */
export type LineStep = 'ended' | 'given_back' | 'reopened';

interface ChangedRow {
  seq: number;
  changed: number;
  is_due: boolean;
}

/**
 * Lets the lines follow what has just been done to some of their deliveries, one after the other; their locks are held.
 * @returns row numbers of those among `steps` by which another delivery became due
 */
export async function moveLines(
  { query, journal }: Pick<Work, 'query' | 'journal'>,
  steps: readonly { seq: number; step: LineStep }[],
): Promise<ReadonlySet<number>> {
  const due = new Set<number>();
  for (const name of ['ended', 'given_back', 'reopened'] as const) {
    const seqs = steps.filter(({ step }) => step === name).map(({ seq }) => seq);
    if (seqs.length === 0) continue;
    const rows = await query<ChangedRow>(
      `SELECT seq, changed, is_due FROM unnest($1::bigint[]) AS seq, LATERAL line_${name}(seq)`,
      [`{${seqs.join()}}`],
    );
    for (const row of rows) {
      journal.updatedDeliveries.push(row.changed);
      if (row.is_due) due.add(row.seq);
    }
  }
  return due;
}
