import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { DEAD_PID, FIRST_PAGE, claimAll, first, leaseOf, onEmptyStore } from './fixture.ts';
import { FAILED, KEY, claimLine, claimOne, endOne, idsOf, line } from './ordering-fixture.ts';
import { describeDeadLetters, describePeople } from './ordering-ends.ts';

/** Order per key, as `DeliveryStore` tells. */
export function describeOrdering(newPlace: NewPlace): void {
  describe('order per key', () => {
    describePassing(newPlace);
    describeDeadLetters(newPlace);
    describePeople(newPlace);
  });
}

function describePassing(newPlace: NewPlace): void {
  test(
    'deliveries of one key are leased one at a time, in order of acceptance, each after its predecessor ended',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ids = await line(store, fixture, 4);
      const ended: string[] = [];
      for (const state of ['succeeded', 'cancelled', 'dead', 'succeeded'] as const) {
        const claim = await claimOne(store, fixture);
        expect(await claimLine(store, fixture)).toEqual([]);
        const isLast = ended.push(claim.delivery.id) === ids.length;
        expect(await store.settle([fixture.settlement(claim, state)])).toEqual([
          isLast ? 'settled' : 'next_due',
        ]);
      }
      expect(ended).toEqual(ids);
      expect(await store.nextDueAt()).toBeNull();
    }),
  );
  test(
    'within one batch the order is that of the batch',
    onEmptyStore(newPlace, async (store, fixture) => {
      const items = Array.from({ length: 3 }, () => fixture.newEvent(['tgt_a'], KEY));
      await store.append(items);
      const ended: string[] = [];
      while (ended.length < items.length) ended.push(await endOne(store, fixture));
      expect(ended).toEqual(items.map(({ deliveries }) => first(deliveries).id));
    }),
  );
  test(
    'other keys, the same key of another subscription, and unordered deliveries do not wait',
    onEmptyStore(newPlace, async (store, fixture) => {
      await line(store, fixture, 2);
      await line(store, fixture, 2, { orderingKey: 'order-8' });
      await store.append([
        fixture.newEvent(['tgt_b'], KEY),
        fixture.newEvent(['tgt_b']),
        fixture.newEvent(['tgt_b']),
      ]);
      const claims = await claimAll(store, fixture, ['tgt_a', 'tgt_b']);
      expect(claims.map(({ delivery }) => [delivery.targetId, delivery.orderingKey])).toEqual(
        expect.arrayContaining([
          ['tgt_a', 'order-7'],
          ['tgt_a', 'order-8'],
          ['tgt_b', 'order-7'],
          ['tgt_b', null],
          ['tgt_b', null],
        ]),
      );
      expect(claims).toHaveLength(5);
    }),
  );
  test(
    'a hand-off is granted when the key is idle and not otherwise, also within a batch and across processes',
    onEmptyStore(newPlace, async (store, fixture) => {
      const other = await fixture.open();
      const options = { ...KEY, handOff: true };
      const items = [fixture.newEvent(['tgt_a'], options), fixture.newEvent(['tgt_a'], options)];
      const [granted, refused] = await store.append(items);
      const claim = first(granted?.claims ?? []);
      expect(claim.delivery).toMatchObject({ state: 'delivering', orderingKey: 'order-7' });
      expect(refused).toMatchObject({ outcome: 'accepted', deliveryCount: 1, claims: [] });
      const [elsewhere] = await other.append([fixture.newEvent(['tgt_a', 'tgt_b'], options)]);
      expect(elsewhere?.claims.map(({ delivery }) => delivery.targetId)).toEqual(['tgt_b']);
      expect(await claimLine(other, fixture)).toEqual([]);
      await store.settle([fixture.settlement(claim, 'succeeded')]);
      await endOne(other, fixture);
      await endOne(other, fixture);
      const [again] = await other.append([fixture.newEvent(['tgt_a'], options)]);
      expect(again?.claims).toHaveLength(1);
    }),
  );
  test(
    'who waits says for whom, is not due, and is told of in the feed and the lists of its key',
    onEmptyStore(newPlace, async (store, fixture) => {
      const [head = '', second = '', third = ''] = await line(store, fixture, 3);
      const claim = await claimOne(store, fixture);
      expect(claim.delivery).toMatchObject({ id: head, orderingKey: 'order-7', waitsFor: null });
      const waiting = { state: 'pending', nextAttemptAt: null, waitsFor: head };
      expect(await store.getDelivery(third)).toMatchObject(waiting);
      const { items } = await store.listDeliveries({ orderingKey: ['order-7'] }, FIRST_PAGE);
      expect(items.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
        [third, head],
        [second, head],
        [head, null],
      ]);
      expect(await store.backlog()).toMatchObject([
        { targetId: 'tgt_a', pending: 2, delivering: 1, retrying: 0 },
      ]);
      const after = await store.changePosition();
      await store.settle([fixture.settlement(claim, 'succeeded')]);
      expect(await store.getDelivery(third)).toMatchObject({ ...waiting, waitsFor: second });
      const { changes } = await store.changes({ after, limit: 10, thin: false });
      const told = changes.flatMap((one) => (one.kind === 'delivery.updated' ? [one] : []));
      expect(told.map(({ delivery }) => delivery.id).sort()).toEqual([head, second].sort());
    }),
  );
  test(
    'a failing delivery holds its key until it is due again, and then goes first',
    onEmptyStore(newPlace, async (store, fixture) => {
      const [head] = await line(store, fixture, 2);
      const claim = await claimOne(store, fixture);
      const nextAttemptAt = fixture.clock.now() + 5000;
      const retrying = { attempt: FAILED, next: { nextAttemptAt } };
      expect(await store.settle([fixture.settlement(claim, 'retrying', retrying)])).toEqual([
        'settled',
      ]);
      expect(await store.nextDueAt()).toBe(nextAttemptAt);
      fixture.clock.advance(4999);
      expect(await claimLine(store, fixture)).toEqual([]);
      fixture.clock.advance(1);
      expect(idsOf(await claimLine(store, fixture))).toEqual([head]);
    }),
  );
  test(
    'a lease given back, taken over or lost leaves the turn where it is',
    onEmptyStore(newPlace, async (store, fixture) => {
      const dead = await fixture.open({
        process: { id: 'prc_dead', pid: DEAD_PID, host: 'here' },
      });
      const [head] = await line(store, fixture, 2);
      await store.release([leaseOf(await claimOne(store, fixture))]);
      const lost = await claimOne(dead, fixture);
      await store.takeOver(fixture.clock.now(), 10_000);
      const current = await claimOne(store, fixture);
      expect(current.delivery.id).toBe(head);
      expect(await dead.settle([fixture.settlement(lost, 'succeeded')])).toEqual(['stale']);
      expect(await claimLine(store, fixture)).toEqual([]);
    }),
  );
  test(
    'processes that append and work on the same keys at once never meet on one, and keep their own order',
    onEmptyStore(newPlace, async (store, fixture) => {
      const stores = [store, await fixture.open()];
      const keys = ['k1', 'k2', 'k3'];
      const accepted = new Map<string, { by: number; at: number; key: string }>();
      const appending = stores.map(async (one, by) => {
        for (let at = 0; at < 20; at += 1) {
          const orderingKey = keys[at % keys.length] ?? '';
          const item = fixture.newEvent(['tgt_a'], { orderingKey });
          accepted.set(first(item.deliveries).id, { by, at, key: orderingKey });
          await one.append([item]);
        }
      });
      const inFlight = new Set<string>();
      const ended: string[] = [];
      const working = stores.map(async (one) => {
        while (ended.length < 40) {
          for (const claim of await claimLine(one, fixture)) {
            const key = claim.delivery.orderingKey ?? '';
            expect(inFlight.has(key)).toBe(false);
            inFlight.add(key);
            ended.push(claim.delivery.id);
            await one.ping();
            inFlight.delete(key);
            await one.settle([fixture.settlement(claim, 'succeeded')]);
          }
        }
      });
      await Promise.all([...appending, ...working]);
      for (const by of [0, 1]) {
        for (const key of keys) {
          const own = ended.flatMap((id) => accepted.get(id) ?? []);
          const places = own.filter((one) => one.by === by && one.key === key).map(({ at }) => at);
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }
    }),
  );
  test(
    'a key with many deliveries costs no more a turn than one with few',
    onEmptyStore(newPlace, async (store, fixture) => {
      for (let batch = 0; batch < 20; batch += 1) {
        await store.append(Array.from({ length: 500 }, () => fixture.newEvent(['tgt_a'], KEY)));
      }
      const startedAt = performance.now();
      for (let turn = 0; turn < 100; turn += 1) await endOne(store, fixture);
      // A look at each of the 10,000 in each turn would take a multiple of this.
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(await store.backlog()).toMatchObject([{ pending: 9900 }]);
    }),
    60_000,
  );
}
