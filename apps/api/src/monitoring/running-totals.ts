import type { Clock } from '../domain/clock.ts';
import type { Store } from '../store/store.ts';

/** Counts by the names of the rollups' measures, such as `event.routed`. They only grow. */
export type RunningTotals = ReadonlyMap<string, number>;

const MINUTE_MS = 60_000;
const MEASURES = [
  'event.',
  'delivery.made',
  'delivery.succeeded',
  'delivery.dead',
  'delivery.cancelled',
  'attempt.',
];

/**
 * Makes the function that counts on from the rollups by the minute: each call adds what they grew by since the last one. The
 * first call sets the start. Counts are of the whole gateway, whichever process did the work.
 */
export function createRunningTotals(deps: {
  store: Pick<Store, 'rollups'>;
  clock: Pick<Clock, 'now'>;
}): () => Promise<RunningTotals> {
  const totals = new Map<string, number>();
  let seen: ReadonlyMap<string, number> | null = null;
  let seenMinute = 0;
  let reading: Promise<RunningTotals> | null = null;

  async function read(): Promise<RunningTotals> {
    const minute = Math.floor(deps.clock.now() / MINUTE_MS) * MINUTE_MS;
    // The minute before the last one seen, too: a transaction may have been late.
    const from = Math.min(seen === null ? minute : seenMinute, minute) - MINUTE_MS;
    const rows = await deps.store.rollups({
      measures: MEASURES,
      groupBy: [],
      from,
      to: minute + 2 * MINUTE_MS,
      stepMs: MINUTE_MS,
    });
    const now = new Map(rows.map((row) => [`${row.measure} ${row.at}`, row.count]));
    for (const { measure, at, count } of rows) {
      const before = seen === null ? count : (seen.get(`${measure} ${at}`) ?? 0);
      totals.set(measure, (totals.get(measure) ?? 0) + Math.max(0, count - before));
    }
    seen = now;
    seenMinute = minute;
    return totals;
  }

  // Two scrapes at once must not add the same growth twice.
  return () => (reading ??= read().finally(() => (reading = null)));
}
