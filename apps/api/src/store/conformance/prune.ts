import { describe, expect, test } from '@jest/globals';

import type { Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, claimAll, first, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

async function delivered(store: Store, { newEvent, settlement }: Fixture) {
  const item = newEvent(['tgt_a'], { handOff: true });
  const [result] = await store.append([item]);
  const made = settlement(first(result?.claims ?? []), 'succeeded');
  await store.settle([made]);
  return { event: item.event, deliveryId: made.deliveryId, attemptId: made.attempt?.id ?? '' };
}

async function isBalanced(store: Store): Promise<boolean> {
  const { counted, events, deliveries } = await store.conservation();
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  return counted.accepted === sum(events) && counted.made === sum(deliveries);
}

/** Retention. */
export function describePrune(newPlace: NewPlace): void {
  describe('pruning', () => {
    test(
      'an old event leaves with its deliveries, attempts, words and key; younger ones stay',
      onEmptyStore(newPlace, async (store, fixture) => {
        const old = await delivered(store, fixture);
        await store.listEvents({ q: old.event.id }, FIRST_PAGE);
        fixture.clock.advance(1000);
        const young = await delivered(store, fixture);
        expect(await store.prune(fixture.clock.now(), fixture.clock.now(), 100)).toBe(1);
        expect(await store.getEvent(old.event.id)).toBeNull();
        expect(await store.getDelivery(old.deliveryId)).toBeNull();
        expect(await store.getAttempt(old.attemptId)).toBeNull();
        expect((await store.listEvents({ q: old.event.id }, FIRST_PAGE)).items).toEqual([]);
        expect((await store.listEvents({ q: young.event.id }, FIRST_PAGE)).items).toHaveLength(1);
        expect(await store.getAttempt(young.attemptId)).not.toBeNull();
        const [again] = await store.append([
          { event: { ...old.event, id: fixture.id('evt') }, deliveries: [] },
        ]);
        expect(again?.outcome).toBe('accepted');
        expect(await isBalanced(store)).toBe(true);
      }),
    );
    test(
      'an event with an open delivery stays, however old, and so do the others of its limit',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, clock, settlement } = fixture;
        const waiting = newEvent(['tgt_wait']);
        const leased = newEvent(['tgt_lease'], { handOff: true });
        const retrying = newEvent(['tgt_retry']);
        await store.append([waiting, leased, retrying]);
        const claim = first(await claimAll(store, fixture, ['tgt_retry']));
        await store.settle([
          settlement(claim, 'retrying', { next: { nextAttemptAt: clock.now() } }),
        ]);
        await delivered(store, fixture);
        await delivered(store, fixture);
        clock.advance(1000);
        expect(await store.prune(clock.now(), clock.now(), 1)).toBe(1);
        expect(await store.prune(clock.now(), clock.now(), 100)).toBe(1);
        expect(await store.prune(clock.now(), clock.now(), 100)).toBe(0);
        for (const { event } of [waiting, leased, retrying]) {
          expect(await store.getEvent(event.id)).not.toBeNull();
        }
        expect(await claimAll(store, fixture, ['tgt_wait'])).toHaveLength(1);
      }),
    );
    test(
      'both sides of the law of conservation agree before, between and after, over a restart',
      onEmptyStore(newPlace, async (store, fixture) => {
        for (let index = 0; index < 5; index += 1) await delivered(store, fixture);
        await store.append([fixture.newEvent(['tgt_wait'])]);
        fixture.clock.advance(90_000);
        await delivered(store, fixture);
        const before = fixture.clock.now();
        await store.prune(before, before, 2);
        expect(await isBalanced(store)).toBe(true);
        await store.prune(before, before, 100);
        expect(await isBalanced(store)).toBe(true);
        const again = await fixture.open();
        await delivered(again, fixture);
        expect(await isBalanced(again)).toBe(true);
        expect((await again.conservation()).counted).toEqual({ accepted: 3, made: 3 });
      }),
    );
    test(
      'after everything was pruned, new events are new: the feed and the search do not mix them with old ones',
      onEmptyStore(newPlace, async (store, fixture) => {
        const start = await store.changePosition();
        const old = await delivered(store, fixture);
        fixture.clock.advance(1000);
        await store.prune(fixture.clock.now(), 0, 100);
        const young = await delivered(store, fixture);
        const { changes, reset } = await store.changes({ after: start, limit: 50, thin: false });
        if (!reset) {
          const events = changes.filter((change) => change.kind === 'event.accepted');
          expect(events.map((change) => change.event.id)).toEqual([young.event.id]);
        }
        expect((await store.listEvents({ q: old.event.id }, FIRST_PAGE)).items).toEqual([]);
        expect(await store.listAttempts(young.deliveryId)).toHaveLength(1);
      }),
    );
    test(
      'outdated sessions, keys and counters go too',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { clock } = fixture;
        await delivered(store, fixture);
        await store.insertRefreshToken({
          hash: 'h',
          familyId: 'f',
          userId: 'u',
          expiresAt: clock.now() + 10,
        });
        clock.advance(120_000);
        const request = {
          measures: ['event.'],
          groupBy: [],
          from: 0,
          to: clock.now(),
          stepMs: 60_000,
        };
        expect(await store.rollups(request)).toHaveLength(1);
        await store.prune(clock.now(), clock.now(), 100);
        expect(await store.rollups(request)).toEqual([]);
        const successor = { hash: 'h2', expiresAt: clock.now() };
        expect(await store.rotateRefreshToken('h', successor, 0)).toEqual({ outcome: 'unknown' });
      }),
    );
  });
}
