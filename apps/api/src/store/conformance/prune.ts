import { describe, expect, test } from '@jest/globals';

import type { EventFilter, PageRequest, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, claimAll, first, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

const DAY_MS = 86_400_000;

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

/** Calls retention for one day often enough for an engine that takes one day at a time. */
async function pruneDays(store: Store, now: number): Promise<void> {
  for (let call = 0; call < 4; call += 1) await store.prune(now - DAY_MS, now, 100);
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
      'an event that stays for its open delivery keeps its place in every list, and all that belongs to it',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, clock, settlement } = fixture;
        const start = clock.now();
        const kept = newEvent(['tgt_open'], { event: { type: 'kept' } });
        await store.append([kept]);
        const claim = first(await claimAll(store, fixture, ['tgt_open']));
        const tried = settlement(claim, 'retrying', { next: { nextAttemptAt: clock.now() } });
        await store.settle([tried]);
        await delivered(store, fixture);
        const later: string[] = [];
        for (let day = 0; day < 5; day += 1) {
          clock.advance(DAY_MS);
          later.unshift((await delivered(store, fixture)).event.id);
        }
        const before = clock.now() - 4 * DAY_MS + 1;
        while ((await store.prune(before, clock.now(), 100)) > 0);
        const ids = async (filter: EventFilter, page: PageRequest = FIRST_PAGE) =>
          (await store.listEvents(filter, page)).items.map((event) => event.id);
        const all = await ids({});
        expect(all.at(-1)).toBe(kept.event.id);
        expect(all.slice(0, 4)).toEqual(later.slice(0, 4));
        const page = await store.listEvents({}, { limit: all.length - 1, cursor: null });
        expect(await ids({}, { limit: 1, cursor: page.nextCursor })).toEqual([kept.event.id]);
        expect(await ids({ receivedBefore: start + 1 })).toEqual([kept.event.id]);
        expect(await ids({ receivedAfter: start - 1, type: ['kept'] })).toEqual([kept.event.id]);
        expect(await ids({ q: kept.event.id })).toEqual([kept.event.id]);
        expect(await ids({ q: kept.event.id, receivedAfter: start + 1 })).toEqual([]);
        const scan = { bound: null, after: null, limit: 1, maxBytes: 1, withData: true };
        const oldest = await store.scanEvents({ ...scan, filter: {} });
        expect(oldest.items.map(({ event }) => event.id)).toEqual([kept.event.id]);
        expect((await store.getEvent(kept.event.id))?.receivedAt).toBe(start);
        const deliveries = await store.listDeliveries({ createdBefore: start + 1 }, FIRST_PAGE);
        expect(deliveries.items).toEqual([await store.getDelivery(claim.delivery.id)]);
        const byEvent = await store.listDeliveries({ eventId: [kept.event.id] }, FIRST_PAGE);
        expect(byEvent.items).toEqual(deliveries.items);
        expect((await store.listDeliveries({}, FIRST_PAGE)).items.at(-1)).toEqual(
          deliveries.items[0],
        );
        const attempts = await store.listAttempts(claim.delivery.id);
        expect(attempts.map((attempt) => attempt.id)).toEqual([tried.attempt?.id]);
        expect(await store.getAttempt(tried.attempt?.id ?? '')).toEqual(attempts[0]);
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
      'days that are over leave, and what is open in them goes on as before',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, clock, settlement } = fixture;
        const waiting = newEvent(['tgt_wait']);
        const leased = newEvent(['tgt_lease'], { handOff: true });
        const retrying = newEvent(['tgt_retry']);
        const [, onLease] = await store.append([waiting, leased, retrying]);
        const tried = first(await claimAll(store, fixture, ['tgt_retry']));
        await store.settle([
          settlement(tried, 'retrying', { next: { nextAttemptAt: clock.now() } }),
        ]);
        const ended = [await delivered(store, fixture), await delivered(store, fixture)];
        clock.advance(3 * DAY_MS);
        const young = await delivered(store, fixture);
        await pruneDays(store, clock.now());

        for (const old of ended) {
          expect(await store.getEvent(old.event.id)).toBeNull();
          expect(await store.getDelivery(old.deliveryId)).toBeNull();
          expect(await store.getAttempt(old.attemptId)).toBeNull();
        }
        expect(await store.getEvent(young.event.id)).not.toBeNull();
        expect(await store.getEvent(waiting.event.id)).toEqual(waiting.event);
        expect(await isBalanced(store)).toBe(true);

        const [again] = await store.append([{ event: waiting.event, deliveries: [] }]);
        expect(again).toMatchObject({ outcome: 'duplicate', eventId: waiting.event.id });
        const lease = first(onLease?.claims ?? []);
        expect(await store.settle([settlement(lease, 'succeeded')])).toEqual(['settled']);
        expect(await store.listAttempts(lease.delivery.id)).toHaveLength(1);
        const [one] = await claimAll(store, fixture, ['tgt_wait']);
        expect(one?.event).toEqual(waiting.event);
        const retried = first(await claimAll(store, fixture, ['tgt_retry']));
        expect(await store.settle([settlement(retried, 'succeeded')])).toEqual(['settled']);
        expect(await store.listAttempts(retried.delivery.id)).toHaveLength(2);
        expect((await store.listEvents({ q: waiting.event.id }, FIRST_PAGE)).items).toHaveLength(1);
      }),
    );
    test(
      'a delivery that a person opens again while days leave is either kept whole or gone whole',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, clock, settlement, audit } = fixture;
        const results = await store.append(
          Array.from({ length: 20 }, () => newEvent(['tgt_a'], { handOff: true })),
        );
        const claims = results.flatMap((result) => result.claims);
        await store.settle(claims.map((claim) => settlement(claim, 'dead')));
        clock.advance(3 * DAY_MS);
        const retries = claims.map(({ delivery }) =>
          store.retryDelivery(delivery.id, clock.now(), audit()),
        );
        const [outcomes] = await Promise.all([
          Promise.allSettled(retries),
          pruneDays(store, clock.now()),
        ]);
        await pruneDays(store, clock.now());
        const opened = outcomes.filter(({ status }) => status === 'fulfilled').length;
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') {
            expect(outcome.reason).toMatchObject({ code: 'not_found' });
          }
        }
        expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(opened);
        expect((await store.conservation()).deliveries).toMatchObject({
          delivering: opened,
          dead: 0,
        });
        expect(await isBalanced(store)).toBe(true);
      }),
    );
    test(
      'what is told to stop takes nothing more, and the next call goes on',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { event } = await delivered(store, fixture);
        fixture.clock.advance(3 * DAY_MS);
        const now = fixture.clock.now();
        for (const before of [now, now - DAY_MS]) {
          expect(await store.prune(before, now, 100, AbortSignal.abort())).toBe(0);
        }
        expect(await store.getEvent(event.id)).not.toBeNull();
        expect(await store.prune(now - DAY_MS, now, 100)).toBe(1);
        expect(await isBalanced(store)).toBe(true);
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
        const sealedToken = { keyId: 'k', box: 'b' };
        const successor = { hash: 'h2', expiresAt: clock.now(), sealedToken };
        expect(await store.rotateRefreshToken('h', successor, 0, 0)).toEqual({
          outcome: 'unknown',
        });
      }),
    );
  });
}
