import { expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { onEmptyStore } from './fixture.ts';
import { MUCH } from './job-fixture.ts';
import type { Store } from '../store.ts';

/** Ways through stored events. */
export function describeEventScans(newPlace: NewPlace): void {
  test(
    'a scan keeps to the filter, says where each item ends, and stops early when the payloads grow large',
    onEmptyStore(newPlace, async (store, fixture) => {
      const large = Buffer.from(JSON.stringify('x'.repeat(5000)));
      const wanted: string[] = [];
      for (let index = 0; index < 6; index += 1) {
        const type = index % 2 === 0 ? 'order.created' : 'order.paid';
        const item = fixture.newEvent([], { event: { type, data: large } });
        if (index % 2 === 0) wanted.push(item.event.id);
        await store.append([item]);
        fixture.clock.advance(1);
      }
      const base = { filter: { type: ['order.created'] }, bound: null, after: null };
      const all = await store.scanEvents({ ...base, limit: 10, maxBytes: MUCH, withData: true });
      expect(all.items.map(({ event }) => event.id)).toEqual(wanted);
      expect(all.isEnd).toBe(true);
      expect(Buffer.from(all.items[0]?.event.data ?? []).equals(large)).toBe(true);
      const after = all.positions[0] ?? null;
      const some = await store.scanEvents({
        ...base,
        after,
        limit: 1,
        maxBytes: MUCH,
        withData: false,
      });
      expect(some.items.map(({ event }) => [event.id, event.data])).toEqual([[wanted[1], null]]);
      expect(some.isEnd).toBe(false);
      const tight = await store.scanEvents({ ...base, limit: 10, maxBytes: 1, withData: true });
      expect(tight.items).toHaveLength(1);
      expect(tight.isEnd).toBe(false);
      const both = { ...base, filter: { type: ['order.created', 'order.paid'] } };
      const ids = (await store.scanEvents({ ...both, limit: 4, maxBytes: MUCH, withData: false }))
        .items;
      expect(ids.map(({ event }) => event.receivedAt)).toEqual(
        ids.map(({ event }) => event.receivedAt).sort((a, b) => a - b),
      );
      const one = await store.scanEvents({
        ...base,
        filter: { id: [wanted[2] ?? ''] },
        limit: 4,
        maxBytes: MUCH,
        withData: false,
      });
      expect(one.items).toHaveLength(1);
    }),
  );
  test(
    'a scan backward goes from the newest to the oldest, page by page, with and without words',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        const data = Buffer.from(JSON.stringify({ text: 'plum' }));
        const item = fixture.newEvent([], { event: { data } });
        ids.unshift(item.event.id);
        await store.append([item]);
        // Two of them within one millisecond, and the last one days later.
        fixture.clock.advance(index === 3 ? 3 * 86_400_000 : index % 2);
      }
      for (const filter of [{}, { q: 'plum' }]) {
        const found: string[] = [];
        let after: string | null = null;
        for (;;) {
          const page: Awaited<ReturnType<Store['scanEvents']>> = await store.scanEvents({
            filter,
            bound: null,
            after,
            isBackward: true,
            limit: 2,
            maxBytes: MUCH,
            withData: true,
          });
          found.push(...page.items.map(({ event }) => event.id));
          after = page.positions.at(-1) ?? null;
          if (page.isEnd) break;
        }
        expect(found).toEqual(ids);
      }
    }),
  );
  test(
    'a scan by words finds what a search finds, and both are counted up to a bound',
    onEmptyStore(newPlace, async (store, fixture) => {
      for (const text of ['red apple', 'green apple', 'red pear']) {
        const data = Buffer.from(JSON.stringify({ text }));
        await store.append([fixture.newEvent([], { event: { data, type: 'fruit' } })]);
      }
      const filter = { q: 'apple', type: ['fruit'] };
      const ask = { filter, bound: null, maxBytes: MUCH, withData: false };
      const one = await store.scanEvents({ ...ask, after: null, limit: 1 });
      const two = await store.scanEvents({ ...ask, after: one.positions[0] ?? null, limit: 5 });
      expect([one.items.length, one.isEnd, two.items.length, two.isEnd]).toEqual([
        1,
        false,
        1,
        true,
      ]);
      expect(one.items[0]?.event.id).not.toBe(two.items[0]?.event.id);
      expect(await store.countEvents(filter, 100)).toBe(2);
      expect(await store.countEvents({ type: ['fruit'] }, 2)).toBe(2);
      expect(await store.countEvents({ type: ['none'] }, 2)).toBe(0);
    }),
  );
}
