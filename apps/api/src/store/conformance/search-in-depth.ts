import { describe, expect, test } from '@jest/globals';

import type { EventFilter, NewEvent, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

const EVENTS = 6000;
const BATCH = 500;
const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 120_000;

/** The words that stand in the event with this number, besides its id. */
function wordsOf(index: number): string[] {
  const words = ['everywhere'];
  if (index % 2 === 0) words.push('even');
  if (index % 50 === 0) words.push('fiftieth');
  if (index % 1000 === 7) words.push('seldom');
  if (index === 3) words.push('once');
  if (index < 40) words.push('early');
  return words;
}

/** Many events over ten days: a dense beginning within one millisecond, a thin middle, a dense end. */
async function fill(store: Store, { newEvent, clock }: Fixture): Promise<NewEvent[]> {
  const items: NewEvent[] = [];
  for (let index = 0; index < EVENTS; index += 1) {
    if (index >= 2000 && index < 2200) clock.advance(HOUR_MS);
    else if (index >= 2200) clock.advance(20);
    const type = index % 300 === 11 ? 'rare' : `type-${index % 4}`;
    const data = Buffer.from(JSON.stringify({ text: wordsOf(index).join(' ') }));
    items.push(newEvent([], { event: { data, type } }));
  }
  for (let index = 0; index < EVENTS; index += BATCH) {
    await store.append(items.slice(index, index + BATCH));
  }
  return items;
}

function isIn({ event }: NewEvent, index: number, filter: EventFilter): boolean {
  const sought = (filter.q ?? '').split(' ');
  return (
    sought.every((word) => wordsOf(index).includes(word)) &&
    (filter.type?.includes(event.type) ?? true) &&
    event.receivedAt > (filter.receivedAfter ?? -Infinity) &&
    event.receivedAt < (filter.receivedBefore ?? Infinity)
  );
}

async function allPages(store: Store, filter: EventFilter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['listEvents']>> = await store.listEvents(filter, {
      limit,
      cursor,
    });
    ids.push(...page.items.map((event) => event.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

/** Search among more events than an engine looks through at once. */
export function describeSearchInDepth(newPlace: NewPlace): void {
  describe('search in depth', () => {
    test(
      'common, rare and absent words with any filter find exactly what looking through all events finds, newest first, on pages and in scans',
      onEmptyStore(newPlace, async (store, fixture) => {
        const items = await fill(store, fixture);
        const times = items.map(({ event }) => event.receivedAt);
        const middle = { receivedAfter: times[1999] ?? 0, receivedBefore: times[2150] ?? 0 };
        const filters: [EventFilter, number][] = [
          [{ q: 'everywhere' }, 200],
          [{ q: 'even', type: ['type-0', 'rare'] }, 200],
          [{ q: 'even', type: ['type-1'] }, 50],
          [{ q: 'fiftieth' }, 7],
          [{ q: 'fiftieth even', type: ['type-2'] }, 50],
          [{ q: 'seldom' }, 2],
          [{ q: 'seldom', type: ['rare'] }, 50],
          [{ q: 'once' }, 50],
          [{ q: 'early' }, 7],
          [{ q: 'everywhere nowhere' }, 50],
          [{ q: 'nowhere' }, 50],
          [{ q: 'everywhere', ...middle }, 50],
          [{ q: 'seldom', ...middle }, 50],
          [{ q: 'fiftieth', receivedBefore: times[1] ?? 0 }, 50],
        ];
        for (const [filter, limit] of filters) {
          const expected = items.filter((item, index) => isIn(item, index, filter));
          const ids = expected.map(({ event }) => event.id);
          expect([filter, await allPages(store, filter, limit)]).toEqual([
            filter,
            [...ids].reverse(),
          ]);
          const scan = { bound: null, after: null, limit: 100, maxBytes: 1, withData: false };
          const oldest = await store.scanEvents({ ...scan, filter });
          expect([filter, oldest.items.map(({ event }) => event.id)]).toEqual([
            filter,
            ids.slice(0, 100),
          ]);
          expect(await store.countEvents(filter, 1000)).toBe(Math.min(ids.length, 1000));
        }
      }),
      TIMEOUT_MS,
    );
  });
}
