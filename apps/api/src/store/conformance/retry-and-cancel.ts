import { describe, expect, test } from '@jest/globals';

import type { Settlement, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { claimAll, first, onEmptyStore, stateOf } from './fixture.ts';
import type { Fixture } from './fixture.ts';

async function deliveryIn(store: Store, fixture: Fixture, state: Settlement['next']['state']) {
  const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
  const claim = first(result?.claims ?? []);
  const nextAttemptAt = state === 'retrying' ? fixture.clock.now() + 60_000 : null;
  const next = { nextAttemptAt, reason: 'http_500', reasonDetail: 'Internal Server Error' };
  await store.settle([fixture.settlement(claim, state, { attempt: { statusCode: 500 }, next })]);
  return claim;
}

/** What a person may do to a delivery. */
export function describeRetryAndCancel(newPlace: NewPlace): void {
  describe('retry and cancel by a person', () => {
    test.each(['dead', 'cancelled', 'retrying'] as const)('a %s delivery can be retried', (state) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        const claim = await deliveryIn(store, fixture, state);
        const at = fixture.clock.now() + 10;
        const audit = fixture.audit({ action: 'delivery.retried', subjectId: claim.delivery.id });
        const delivery = await store.retryDelivery(claim.delivery.id, at, audit);
        expect(delivery).toMatchObject({
          state: 'pending',
          nextAttemptAt: at,
          attemptCount: 1,
          scheduleStart: 1,
          reason: null,
          finishedAt: null,
        });
        expect(await store.getDelivery(claim.delivery.id)).toEqual(delivery);
        expect((await store.listAudit({}, { limit: 5, cursor: null })).items).toEqual([audit]);
        fixture.clock.advance(10);
        expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(1);
      })(),
    );
    test(
      'a retry of a delivery that succeeded, is pending or under way is a conflict and leaves no audit entry',
      onEmptyStore(newPlace, async (store, fixture) => {
        const succeeded = await deliveryIn(store, fixture, 'succeeded');
        const waiting = fixture.newEvent(['tgt_b']);
        const [leased] = await store.append([
          fixture.newEvent(['tgt_c'], { handOff: true }),
          waiting,
        ]);
        const ids = [
          succeeded.delivery.id,
          first(waiting.deliveries).id,
          first(leased?.claims ?? []).delivery.id,
        ];
        for (const id of ids) {
          const retry = store.retryDelivery(id, fixture.clock.now(), fixture.audit());
          await expect(retry).rejects.toMatchObject({ code: 'conflict' });
        }
        expect((await store.listAudit({}, { limit: 5, cursor: null })).items).toEqual([]);
        const unknown = store.retryDelivery('dlv_none', 0, fixture.audit());
        await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
      }),
    );
    test(
      'pending, retrying and dead deliveries can be cancelled; a cancelled one is never claimed',
      onEmptyStore(newPlace, async (store, fixture) => {
        const waiting = fixture.newEvent(['tgt_a']);
        await store.append([waiting]);
        const dead = await deliveryIn(store, fixture, 'dead');
        const retrying = await deliveryIn(store, fixture, 'retrying');
        const ids = [first(waiting.deliveries).id, dead.delivery.id, retrying.delivery.id];
        for (const id of ids) {
          const cancelled = await store.cancelDelivery(id, fixture.clock.now(), fixture.audit());
          expect(cancelled).toMatchObject({ state: 'cancelled', nextAttemptAt: null });
          expect(cancelled.finishedAt).toBe(fixture.clock.now());
        }
        fixture.clock.advance(120_000);
        expect(await claimAll(store, fixture, ['tgt_a'])).toEqual([]);
      }),
    );
    test(
      'a delivery under way or ended well cannot be cancelled',
      onEmptyStore(newPlace, async (store, fixture) => {
        const succeeded = await deliveryIn(store, fixture, 'succeeded');
        const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        for (const { delivery } of [succeeded, first(result?.claims ?? [])]) {
          const cancel = store.cancelDelivery(delivery.id, fixture.clock.now(), fixture.audit());
          await expect(cancel).rejects.toMatchObject({ code: 'conflict' });
        }
      }),
    );
    test(
      'what waits for a target or through a subscription is cancelled together; the rest stays',
      onEmptyStore(newPlace, async (store, fixture) => {
        const items = Array.from({ length: 3 }, () => fixture.newEvent(['tgt_a', 'tgt_b']));
        await store.append(items);
        const [leased] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        const reason = { code: 'target_deleted', detail: 'Its target was deleted.' };
        const now = fixture.clock.now();
        expect(await store.cancelWaiting({ targetId: 'tgt_a' }, reason, now)).toBe(3);
        expect(await store.cancelWaiting({ targetId: 'tgt_a' }, reason, now)).toBe(0);
        expect(await store.getDelivery(first(first(items).deliveries).id)).toMatchObject({
          state: 'cancelled',
          reason: 'target_deleted',
          reasonDetail: 'Its target was deleted.',
        });
        expect(await stateOf(store, first(leased?.claims ?? []))).toBe('delivering');
        expect(await store.cancelWaiting({ subscriptionId: 'sub_tgt_b' }, reason, now)).toBe(3);
      }),
    );
  });
}
