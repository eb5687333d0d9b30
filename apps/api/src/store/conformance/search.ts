import { describe, expect, test } from '@jest/globals';

import type { EventFilter, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

async function found(store: Store, filter: EventFilter): Promise<string[]> {
  const { items } = await store.listEvents(filter, FIRST_PAGE);
  return items.map((event) => event.eventId);
}

async function fill(store: Store, { newEvent }: Fixture): Promise<void> {
  const json = (eventId: string, text: string) => ({ eventId, data: Buffer.from(text) });
  const events = [
    json('street', '{"address":"12 Rue de l\'Église","note":"ring\\ntwice \\u00e9t\\u00e9"}'),
    json('amount', '{"total":"1299 EUR","city":"Zürich","street":"Bahnhof"}'),
    {
      eventId: 'plain-text',
      data: Buffer.from('Bahnhof opens early'),
      dataKind: 'binary' as const,
    },
    { eventId: 'bytes', data: Buffer.from([0xff, 0xfe, 0x42, 0x61]), dataKind: 'binary' as const },
    { eventId: 'ORD-2024-77', subject: 'customer/ada', data: null, type: 'other' },
  ];
  await store.append(events.map((event) => newEvent([], { event })));
}

/** Free text over id, subject and payload. */
export function describeSearch(newPlace: NewPlace): void {
  describe('search', () => {
    const cases: [string, string[]][] = [
      ['zürich', ['amount']],
      ['ZURICH', ['amount']],
      ['eglise', ['street']],
      ['BAHNHOF', ['plain-text', 'amount']],
      ['bahnhof zürich', ['amount']],
      ['bahnhof nowhere', []],
      ['église', ['street']],
      ['twice', ['street']],
      ['été', ['street']],
      ['ada', ['ORD-2024-77']],
      ['ORD-2024-77', ['ORD-2024-77']],
      ['2024-77 -- *', ['ORD-2024-77']],
      ['"bahnhof" OR "twice', []],
      ['bahn*', []],
      ['words:bahnhof', []],
      ['NEAR(bahnhof)', []],
    ];
    test.each(cases)('%j finds the events that hold all its words', (q, expected) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        await fill(store, fixture);
        expect(await found(store, { q })).toEqual(expected);
      })(),
    );
    test.each(['', '  ', '"', '* - ()'])('%j holds no word and filters nothing', (q) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        await fill(store, fixture);
        expect(await found(store, { q })).toHaveLength(5);
      })(),
    );
    test(
      'an event is found by its id as soon as it is written, also by another process',
      onEmptyStore(newPlace, async (store, { newEvent, open }) => {
        const other = await open();
        for (let round = 0; round < 3; round += 1) {
          const item = newEvent([]);
          await store.append([item]);
          expect(await found(other, { q: item.event.id })).toEqual([item.event.eventId]);
        }
      }),
    );
    test(
      'words go together with other filters and with pages',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const types = ['a', 'b', 'a', 'b', 'a'];
        await store.append(
          types.map((type, index) =>
            newEvent([], { event: { type, eventId: `n${index}`, subject: 'shared' } }),
          ),
        );
        const filter = { q: 'shared', type: ['a'] };
        const one = await store.listEvents(filter, { limit: 2, cursor: null });
        expect(one.items.map((event) => event.eventId)).toEqual(['n4', 'n2']);
        const two = await store.listFullEvents(
          { ...filter, q: 'shared' },
          { limit: 5, cursor: null },
        );
        expect(two.items.map((event) => event.eventId)).toEqual(['n4', 'n2', 'n0']);
        const rest = await store.listEvents(filter, { limit: 2, cursor: one.nextCursor });
        expect(rest.items.map((event) => event.eventId)).toEqual(['n0']);
        expect(rest.nextCursor).toBeNull();
      }),
    );
    test(
      'words past the first 32 KiB of a payload are not indexed, those before are',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const filler = 'filler '.repeat(6000);
        const data = Buffer.from(JSON.stringify(`early ${filler} late`));
        await store.append([newEvent([], { event: { data, eventId: 'big' } })]);
        expect(await found(store, { q: 'early filler' })).toEqual(['big']);
        expect(await found(store, { q: 'late' })).toEqual([]);
      }),
    );
  });
}
