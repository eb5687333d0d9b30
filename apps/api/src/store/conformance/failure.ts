import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, onEmptyStore } from './fixture.ts';

/** What happens when not everything can be written, and when the store closes. */
export function describeFailure(newPlace: NewPlace): void {
  describe('failure', () => {
    test(
      'writes that are refused for themselves do not harm those committed with them',
      onEmptyStore(newPlace, async (store, { newEvent, audit }) => {
        const gone = { kind: 'target' as const, id: 'tgt_none', expectedVersion: null };
        const results = await Promise.allSettled([
          store.append([newEvent([])]),
          store.deleteResource(gone, audit()),
          store.retryDelivery('dlv_none', 1, audit()),
          store.append([newEvent([])]),
          store.heartbeat(1),
        ]);
        expect(results.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'fulfilled',
          'fulfilled',
        ]);
        expect((await store.conservation()).counted.accepted).toBe(2);
        expect((await store.listAudit({}, FIRST_PAGE)).items).toEqual([]);
      }),
    );
    test(
      'what holds a NUL is looked for like anything else',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        await store.append([newEvent([])]);
        expect(await store.getEvent('evt\0')).toBeNull();
        expect(await store.getDelivery('\0')).toBeNull();
        expect(await store.findResourceByName('user', 'a\0b')).toBeNull();
        expect((await store.listDeliveries({ reason: ['\0'] }, FIRST_PAGE)).items).toEqual([]);
        expect((await store.listEvents({ subject: ['a\0'] }, FIRST_PAGE)).items).toEqual([]);
        // Between words it is a space.
        expect((await store.listEvents({ q: 'order\0' }, FIRST_PAGE)).items).toHaveLength(1);
      }),
    );
    test(
      'past its bound the queue refuses new events as overloaded and writes none of them',
      onEmptyStore(
        newPlace,
        async (store, { newEvent }) => {
          const items = Array.from({ length: 40 }, () => newEvent(['tgt_a']));
          const results = await Promise.allSettled(items.map((item) => store.append([item])));
          const refused = results.filter((result) => result.status === 'rejected');
          expect(refused.length).toBeGreaterThan(0);
          for (const { reason } of refused) {
            expect(reason).toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 });
          }
          const written = await Promise.all(items.map(({ event }) => store.getEvent(event.id)));
          expect(written.map((event) => event !== null)).toEqual(
            results.map(({ status }) => status === 'fulfilled'),
          );
          const [again] = await store.append([newEvent(['tgt_a'])]);
          expect(again?.outcome).toBe('accepted');
        },
        { queue: { commands: 8, bytes: 1_000_000 } },
      ),
    );
    test(
      'the queue is bounded by bytes too, but lets a lone large batch through',
      onEmptyStore(
        newPlace,
        async (store, { newEvent }) => {
          const large = () =>
            newEvent([], { event: { data: Buffer.alloc(60_000, 'x'), dataKind: 'binary' } });
          const results = await Promise.allSettled(
            [large(), large(), large()].map((item) => store.append([item])),
          );
          expect(results.map(({ status }) => status)).toEqual([
            'fulfilled',
            'rejected',
            'rejected',
          ]);
        },
        { queue: { commands: 1000, bytes: 50_000 } },
      ),
    );
    test(
      'when new events have filled the queue, outcomes and the answers to what was done still find room',
      onEmptyStore(
        newPlace,
        async (store, fixture) => {
          const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
          const claim = result?.claims[0];
          if (!claim) throw new Error('It was handed off.');
          const appends = Array.from({ length: 20 }, () => store.append([fixture.newEvent([])]));
          const settling = store.settle([fixture.settlement(claim, 'succeeded')]);
          const keeping = store.finishIdempotent('key', null);
          const results = await Promise.allSettled(appends);
          expect(results.some(({ status }) => status === 'rejected')).toBe(true);
          expect(await settling).toEqual(['settled']);
          await keeping;
        },
        { queue: { commands: 8, bytes: 1_000_000 } },
      ),
    );
    test(
      'a full disk rejects what cannot be written, leaves no trace of it, and the store goes on',
      onEmptyStore(
        newPlace,
        async (store, fixture) => {
          // Ever smaller events meet the end of the disk in ever later steps of a commit.
          let kept = 0;
          const keptAtRefusal: number[] = [];
          for (const sizeBytes of [90_000, 40_000, 30_000, 20_000, 15_000, 10_000, 5000, 1000]) {
            let failure: unknown = null;
            for (let index = 0; failure === null && index < 500; index += 1) {
              // The type stands in the event and in what is counted and noted at the end of its commit.
              const type = `${'t'.repeat(sizeBytes)}${kept}`;
              const item = fixture.newEvent(['tgt_a'], { event: { type } });
              failure = await store.append([item]).then(
                () => null,
                (error: unknown) => error,
              );
              if (failure === null) kept += 1;
              else expect(await store.getEvent(item.event.id)).toBeNull();
            }
            expect(failure).toMatchObject({ code: 'not_ready' });
            keptAtRefusal.push(kept);
          }
          expect(kept).toBeGreaterThan(keptAtRefusal[0] ?? kept);
          const { counted, deliveries } = await store.conservation();
          expect(counted).toEqual({ accepted: kept, made: kept });
          expect(deliveries.pending).toBe(kept);
        },
        { maxSizeBytes: 1_500_000 },
      ),
    );
    test(
      'closing finishes what was asked for; afterwards everything is refused as not ready',
      onEmptyStore(newPlace, async (store, { newEvent, open }) => {
        const item = newEvent([]);
        const writing = store.append([item]);
        const reading = store.conservation();
        await store.close();
        await store.close();
        expect((await writing)[0]?.outcome).toBe('accepted');
        await reading;
        await expect(store.append([newEvent([])])).rejects.toMatchObject({ code: 'not_ready' });
        await expect(store.getEvent(item.event.id)).rejects.toMatchObject({ code: 'not_ready' });
        await expect(store.ping()).rejects.toMatchObject({ code: 'not_ready' });
        const again = await open();
        await again.ping();
        expect(await again.getEvent(item.event.id)).not.toBeNull();
      }),
    );
  });
}
