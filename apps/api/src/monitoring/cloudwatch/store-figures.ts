import { createCachedReading } from '../../domain/cached-reading.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import { checkConservation, differenceOf } from '../check-conservation.ts';
import { openOf } from '../summary.ts';
import { countOf } from '../tally-attempts.ts';
import type { Datum } from './datum.ts';

const MINUTE_MS = 60_000;
// Counting all rows is dear.
const CONSERVATION_MAX_AGE_MS = 5 * MINUTE_MS;

/** Makes the function that reads the figures of the whole gateway: counts of one whole minute, and what there is now. */
export function createStoreFigures({
  store,
  clock,
}: {
  store: Pick<Store, 'rollups' | 'backlog' | 'deadLetterGroups' | 'conservation'>;
  clock: Clock;
}): (minute: number) => Promise<Datum[]> {
  const conservation = createCachedReading(
    clock,
    async () => differenceOf(await checkConservation(store)),
    CONSERVATION_MAX_AGE_MS,
  );
  return async (minute) => {
    const from = minute * MINUTE_MS;
    const [rows, backlog, deadLetters, difference] = await Promise.all([
      store.rollups({
        measures: ['event.', 'delivery.succeeded', 'delivery.dead'],
        groupBy: [],
        from,
        to: from + MINUTE_MS,
        stepMs: MINUTE_MS,
      }),
      store.backlog(),
      store.deadLetterGroups(),
      conservation(),
    ]);
    const at = clock.now();
    const oldest = Math.min(at, ...backlog.map((entry) => entry.oldestCreatedAt ?? at));
    const inMinute = (name: string, value: number): Datum => ({
      name,
      value,
      unit: 'Count',
      at: from,
    });
    const now = (name: string, value: number, unit: Datum['unit'] = 'Count'): Datum => ({
      name,
      value,
      unit,
      at,
    });
    return [
      inMinute('EventsAccepted', countOf(rows, 'event.') - countOf(rows, 'event.duplicate')),
      inMinute('DeliveriesSucceeded', countOf(rows, 'delivery.succeeded')),
      inMinute('DeliveriesDead', countOf(rows, 'delivery.dead')),
      now(
        'BacklogDeliveries',
        backlog.reduce((sum, entry) => sum + openOf(entry), 0),
      ),
      now('OldestOpenDeliverySeconds', (at - oldest) / 1000, 'Seconds'),
      now(
        'DeadLettersOpen',
        deadLetters.reduce((sum, { count }) => sum + count, 0),
      ),
      now('ConservationDifference', difference),
    ];
  };
}
