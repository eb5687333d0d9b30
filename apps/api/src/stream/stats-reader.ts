import type { StreamStats } from '../contract/stream.ts';
import { toWireTime } from '../contract/from-domain.ts';
import type { Clock } from '../domain/clock.ts';
import { createCachedReading } from '../domain/cached-reading.ts';
import type { Store } from '../store/store.ts';

const MINUTE_MS = 60_000;
/** An earlier reading than this says nothing of the last second: nobody watched for a while. */
const RECENT_MS = 5000;
const BACKLOG_MAX_AGE_MS = 1000;
const DEAD_LETTERS_MAX_AGE_MS = 2000;
const EVENT_MEASURES = ['event.routed', 'event.unmatched', 'event.quarantined'];
const DELIVERY_MEASURE = 'delivery.succeeded';
const NONE: ReadonlyMap<string, number> = new Map();

/**
 * Makes the function that reads the figures of the last second. The rates are differences of the store's own counters, so they
 * are exact for the whole gateway even where the stream is sampled; a reading with none shortly before it tells the mean of the last one to two minutes.
 */
export function createStatsReader(deps: {
  store: Pick<Store, 'rollups' | 'backlog' | 'deadLetterGroups'>;
  clock: Clock;
}): () => Promise<Omit<StreamStats, 'leftOut'>> {
  const { store, clock } = deps;
  const readBacklog = createCachedReading(clock, () => store.backlog(), BACKLOG_MAX_AGE_MS);
  const readDeadLetters = createCachedReading(
    clock,
    () => store.deadLetterGroups(),
    DEAD_LETTERS_MAX_AGE_MS,
  );
  let before: { at: number; counts: ReadonlyMap<string, number> } | null = null;

  return async () => {
    const at = clock.now();
    const from = at - (at % MINUTE_MS) - MINUTE_MS;
    const [rows, backlog, deadLetters] = await Promise.all([
      store.rollups({
        measures: [...EVENT_MEASURES, DELIVERY_MEASURE],
        groupBy: [],
        // A minute ahead: clocks of other machines may be.
        from,
        to: at + 2 * MINUTE_MS,
        stepMs: MINUTE_MS,
      }),
      readBacklog(),
      readDeadLetters(),
    ]);
    const counts = new Map(rows.map((row) => [`${row.measure} ${row.at}`, row.count]));
    const previous = before && at - before.at <= RECENT_MS ? before : { at: from, counts: NONE };
    before = { at, counts };
    const seconds = Math.max((at - previous.at) / 1000, 0.001);
    const rateOf = (measures: readonly string[]) => {
      const added = rows
        .filter((row) => measures.includes(row.measure))
        .map((row) => row.count - (previous.counts.get(`${row.measure} ${row.at}`) ?? 0));
      return added.reduce((sum, count) => sum + count, 0) / seconds;
    };
    return {
      at: toWireTime(at),
      eventsPerSecond: rateOf(EVENT_MEASURES),
      deliveriesPerSecond: rateOf([DELIVERY_MEASURE]),
      backlog: backlog.reduce((sum, one) => sum + one.pending + one.delivering + one.retrying, 0),
      deadLetters: deadLetters.reduce((sum, group) => sum + group.count, 0),
    };
  };
}
