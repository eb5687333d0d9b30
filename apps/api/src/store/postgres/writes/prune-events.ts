import { stateCode } from '../../codes.ts';
import type { Journal } from '../journal.ts';
import type { Query } from '../pool.ts';
import type { Work } from '../write-session.ts';

const FIRST_FINAL_STATE = stateCode('succeeded');

/** SQL: a delivery still wants work, or stands in a line. */
export const IS_OPEN = `(deliveries.state < ${FIRST_FINAL_STATE} OR deliveries.turn IS NOT NULL)`;

const LOCK_OLD = `
SELECT seq FROM events WHERE received_at < $1
  AND NOT EXISTS (SELECT 1 FROM deliveries WHERE event_seq = events.seq AND ${IS_OPEN})
ORDER BY received_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED`;
// With the events locked no delivery is added; with these locked none is opened again.
const LOCK_DELIVERIES = `
SELECT event_seq, ${IS_OPEN} AS is_open FROM deliveries WHERE event_seq = ANY ($1::bigint[]) ORDER BY seq FOR UPDATE`;
const REMOVE = `
WITH gone AS (
  DELETE FROM deliveries WHERE event_seq = ANY ($1::bigint[]) RETURNING seq
), attempted AS (
  DELETE FROM attempts USING gone WHERE attempts.delivery_seq = gone.seq
), keys AS (
  DELETE FROM event_keys WHERE event_seq = ANY ($1::bigint[])
), removed AS (
  DELETE FROM events WHERE seq = ANY ($1::bigint[])
)
SELECT count(*) AS deliveries FROM gone`;

/** Removes up to `limit` events older than `before`, row by row, with all that belongs to them. Answers how many. */
export async function pruneEvents(
  { query, journal }: Work,
  before: number,
  limit: number,
): Promise<number> {
  const old = await query<{ seq: number }>(LOCK_OLD, [before, limit]);
  const open = await findOpen(query, old);
  const events = old.filter(({ seq }) => !open.has(seq));
  if (events.length === 0) return 0;
  const [row] = await query<{ deliveries: number }>(REMOVE, [list(events)]);
  countPruned(journal, events.length, row?.deliveries ?? 0);
  return events.length;
}

async function findOpen(query: Query, events: readonly { seq: number }[]): Promise<Set<number>> {
  if (events.length === 0) return new Set();
  const rows = await query<{ event_seq: number; is_open: boolean }>(LOCK_DELIVERIES, [
    list(events),
  ]);
  return new Set(rows.filter((row) => row.is_open).map((row) => row.event_seq));
}

/** Takes events and deliveries out of both sides of the law of conservation. */
export function countPruned(journal: Journal, events: number, deliveries: number): void {
  const totals = { at: 0, sourceId: '', type: '', targetId: '', durationMs: -1 };
  journal.counts.push({ ...totals, measure: 'event.pruned', by: events });
  journal.counts.push({ ...totals, measure: 'delivery.pruned', by: deliveries });
}

function list(rows: readonly { seq: number }[]): string {
  return `{${rows.map(({ seq }) => seq).join()}}`;
}
