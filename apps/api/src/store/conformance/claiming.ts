import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { claimAll, first, leaseOf, onEmptyStore, stateOf } from './fixture.ts';

/** Claims: due, fair, never shared. */
export function describeClaiming(newPlace: NewPlace): void {
  describe('claiming', () => {
    test(
      'a claim carries the delivery, its event and a fence, and leases it',
      onEmptyStore(newPlace, async (store, fixture) => {
        const item = fixture.newEvent(['tgt_a']);
        await store.append([item]);
        const claims = await claimAll(store, fixture, ['tgt_a']);
        const claim = first(claims);
        expect(claims).toHaveLength(1);
        expect(claim.fence).toBe(1);
        expect(claim.event).toEqual({ ...item.event, data: claim.event.data });
        expect(Buffer.from(claim.event.data ?? [])).toEqual(item.event.data);
        expect(claim.delivery).toMatchObject({
          id: first(item.deliveries).id,
          state: 'delivering',
        });
        expect(await claimAll(store, fixture, ['tgt_a'])).toEqual([]);
      }),
    );
    test(
      'nothing is claimed before it is due, for other targets, or past room and limit',
      onEmptyStore(newPlace, async (store, { newEvent, clock }) => {
        await store.append(Array.from({ length: 9 }, () => newEvent(['tgt_a', 'tgt_b'])));
        const now = clock.now();
        const claim = (room: number, limit: number, at = now) =>
          store.claim({ rooms: [{ targetId: 'tgt_a', room }], now: at, limit });
        expect(await claim(5, 5, now - 1)).toEqual([]);
        expect(await claim(0, 5)).toEqual([]);
        expect(await claim(2, 5)).toHaveLength(2);
        expect(await claim(5, 3)).toHaveLength(3);
        const rest = await claim(50, 50);
        expect(rest).toHaveLength(4);
        expect(new Set(rest.map(({ delivery }) => delivery.targetId))).toEqual(new Set(['tgt_a']));
      }),
    );
    test(
      'within a target the oldest due comes first',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { clock, newEvent } = fixture;
        const items = [newEvent(['tgt_a']), newEvent(['tgt_a']), newEvent(['tgt_a'])];
        for (const item of items) {
          await store.append([item]);
        }
        const later = newEvent(['tgt_a'], { event: { receivedAt: clock.now() - 1000 } });
        await store.append([later]);
        const claims = await claimAll(store, fixture, ['tgt_a']);
        expect(claims.map((claim) => claim.event.id)).toEqual(
          [later, ...items].map((item) => item.event.id),
        );
      }),
    );
    test(
      'a long queue does not starve a short one',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append(Array.from({ length: 50 }, () => fixture.newEvent(['tgt_long'])));
        fixture.clock.advance(1000);
        await store.append([fixture.newEvent(['tgt_short']), fixture.newEvent(['tgt_other'])]);
        const claims = await claimAll(store, fixture, ['tgt_long', 'tgt_short', 'tgt_other'], 12);
        const targets = claims.map(({ delivery }) => delivery.targetId);
        expect(targets).toHaveLength(12);
        expect(targets).toContain('tgt_short');
        expect(targets).toContain('tgt_other');
      }),
    );
    test(
      'with a limit below the number of targets every target gets its turn',
      onEmptyStore(newPlace, async (store, fixture) => {
        const targets = ['tgt_a', 'tgt_b', 'tgt_c', 'tgt_d'];
        await store.append(Array.from({ length: 20 }, () => fixture.newEvent(['tgt_a'])));
        fixture.clock.advance(1000);
        await store.append(Array.from({ length: 5 }, () => fixture.newEvent(targets.slice(1))));
        const served: string[] = [];
        for (let turn = 0; turn < 4; turn += 1) {
          served.push(first(await claimAll(store, fixture, targets, 1)).delivery.targetId);
        }
        expect(served.sort()).toEqual(targets);
      }),
    );
    test(
      'two processes that claim at once never get the same delivery',
      onEmptyStore(newPlace, async (store, fixture) => {
        const other = await fixture.open();
        await store.append(Array.from({ length: 200 }, () => fixture.newEvent(['tgt_a', 'tgt_b'])));
        const turns = await Promise.all(
          Array.from({ length: 30 }, (_, index) =>
            claimAll(index % 2 === 0 ? store : other, fixture, ['tgt_a', 'tgt_b'], 15),
          ),
        );
        const ids = turns.flat().map(({ delivery }) => delivery.id);
        expect(ids).toHaveLength(400);
        expect(new Set(ids).size).toBe(400);
      }),
    );
    test(
      'a lease given back is due at once: pending untried, retrying after an attempt',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append([fixture.newEvent(['tgt_a']), fixture.newEvent(['tgt_a'])]);
        const [untried, tried] = await claimAll(store, fixture, ['tgt_a']);
        if (!untried || !tried) throw new Error('Both were due.');
        await store.settle([
          fixture.settlement(tried, 'retrying', {
            next: { nextAttemptAt: fixture.clock.now() + 1 },
          }),
        ]);
        fixture.clock.advance(1);
        const again = first(await claimAll(store, fixture, ['tgt_a']));
        fixture.clock.advance(500);
        await store.release([leaseOf(untried), leaseOf(again)]);
        expect(await store.getDelivery(untried.delivery.id)).toMatchObject({
          state: 'pending',
          nextAttemptAt: fixture.clock.now(),
        });
        expect(await stateOf(store, again)).toBe('retrying');
        expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(2);
      }),
    );
    test(
      'giving back a lease that was lost changes nothing',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append([fixture.newEvent(['tgt_a'])]);
        const old = first(await claimAll(store, fixture, ['tgt_a']));
        await store.release([leaseOf(old)]);
        const current = first(await claimAll(store, fixture, ['tgt_a']));
        expect(current.fence).toBeGreaterThan(old.fence);
        await store.release([leaseOf(old)]);
        expect(await stateOf(store, current)).toBe('delivering');
      }),
    );
    test(
      'nextDueAt is the earliest due time of all that wait, and null when nothing waits',
      onEmptyStore(newPlace, async (store, fixture) => {
        expect(await store.nextDueAt()).toBeNull();
        await store.append([fixture.newEvent(['tgt_a']), fixture.newEvent(['tgt_b'])]);
        expect(await store.nextDueAt()).toBe(fixture.clock.now());
        const [a, b] = await claimAll(store, fixture, ['tgt_a', 'tgt_b']);
        if (!a || !b) throw new Error('Both were due.');
        expect(await store.nextDueAt()).toBeNull();
        const dueAt = fixture.clock.now() + 5000;
        await store.settle([
          fixture.settlement(a, 'retrying', { next: { nextAttemptAt: dueAt } }),
          fixture.settlement(b, 'retrying', { next: { nextAttemptAt: dueAt + 1000 } }),
        ]);
        expect(await store.nextDueAt()).toBe(dueAt);
      }),
    );
  });
}
