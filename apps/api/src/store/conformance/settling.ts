import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { claimAll, first, leaseOf, onEmptyStore, stateOf } from './fixture.ts';

/** Outcomes: written with their attempt, once, and only by the holder of the lease. */
export function describeSettling(newPlace: NewPlace): void {
  describe('settling', () => {
    test(
      'a success ends the delivery and records the attempt',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append([fixture.newEvent(['tgt_a'])]);
        const claim = first(await claimAll(store, fixture, ['tgt_a']));
        const body = Buffer.from('{"sent":true}');
        const attempt = fixture.attempt(claim, {
          durationMs: 12.75,
          request: {
            method: 'PUT',
            url: 'https://t.example/',
            headers: { a: 'b' },
            body,
            format: null,
          },
        });
        const settlement = { ...fixture.settlement(claim, 'succeeded'), attempt };
        expect(await store.settle([settlement])).toEqual(['settled']);
        expect(await store.getDelivery(claim.delivery.id)).toMatchObject({
          state: 'succeeded',
          attemptCount: 1,
          lastStatusCode: 200,
          nextAttemptAt: null,
          finishedAt: fixture.clock.now(),
        });
        const found = await store.getAttempt(attempt.id);
        expect(found).toMatchObject({
          durationMs: 12.75,
          statusCode: 200,
          deliveryId: claim.delivery.id,
        });
        expect(found?.request).toMatchObject({ method: 'PUT', headers: { a: 'b' }, format: null });
        expect(Buffer.from(found?.request?.body ?? [])).toEqual(body);
        expect(Buffer.from(found?.response?.body ?? []).toString()).toBe('ok');
        expect(await store.listAttempts(claim.delivery.id)).toEqual([found]);
      }),
    );
    test(
      'a retry waits until it is due, with all attempts kept first to last',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append([fixture.newEvent(['tgt_a'])]);
        for (const statusCode of [500, 503, null]) {
          const claim = first(await claimAll(store, fixture, ['tgt_a']));
          const attempt =
            statusCode === null
              ? {
                  statusCode,
                  errorKind: 'timeout' as const,
                  error: 'No answer in 15 s.',
                  response: null,
                }
              : { statusCode };
          const nextAttemptAt = fixture.clock.now() + 1000;
          await store.settle([
            fixture.settlement(claim, 'retrying', {
              attempt,
              next: { nextAttemptAt, reason: 'http_5xx' },
            }),
          ]);
          expect(await claimAll(store, fixture, ['tgt_a'])).toEqual([]);
          fixture.clock.advance(1000);
        }
        const claim = first(await claimAll(store, fixture, ['tgt_a']));
        expect(claim.delivery).toMatchObject({
          attemptCount: 3,
          lastErrorKind: 'timeout',
          lastStatusCode: null,
        });
        const attempts = await store.listAttempts(claim.delivery.id);
        expect(
          attempts.map((attempt) => [attempt.number, attempt.statusCode, attempt.error]),
        ).toEqual([
          [1, 500, null],
          [2, 503, null],
          [3, null, 'No answer in 15 s.'],
        ]);
        expect(attempts[2]?.response).toBeNull();
      }),
    );
    test(
      'a stale settle changes nothing, and does not hold up the others of its batch',
      onEmptyStore(newPlace, async (store, fixture) => {
        await store.append([fixture.newEvent(['tgt_a']), fixture.newEvent(['tgt_b'])]);
        const lost = first(await claimAll(store, fixture, ['tgt_a']));
        const held = first(await claimAll(store, fixture, ['tgt_b']));
        await store.release([leaseOf(lost)]);
        const current = first(await claimAll(store, fixture, ['tgt_a']));
        const stale = fixture.settlement(lost, 'dead', {
          attempt: {
            request: {
              method: 'POST',
              url: 'u',
              headers: {},
              body: Buffer.from('stale'),
              format: null,
            },
          },
        });
        const good = fixture.settlement(held, 'succeeded', {
          attempt: { response: { headers: {}, body: Buffer.from('good'), truncated: true } },
        });
        expect(await store.settle([stale, good])).toEqual(['stale', 'settled']);
        expect(await stateOf(store, current)).toBe('delivering');
        expect(await store.listAttempts(current.delivery.id)).toEqual([]);
        const [attempt] = await store.listAttempts(held.delivery.id);
        expect(Buffer.from(attempt?.response?.body ?? []).toString()).toBe('good');
        expect(attempt?.response?.truncated).toBe(true);
      }),
    );
    test(
      'an outcome counts once: the second settle of a lease is stale',
      onEmptyStore(newPlace, async (store, fixture) => {
        const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        const claim = first(result?.claims ?? []);
        const settlement = fixture.settlement(claim, 'succeeded');
        expect(await store.settle([settlement, fixture.settlement(claim, 'dead')])).toEqual([
          'settled',
          'stale',
        ]);
        expect(await store.settle([settlement])).toEqual(['stale']);
        expect(await store.listAttempts(claim.delivery.id)).toHaveLength(1);
        expect(await stateOf(store, claim)).toBe('succeeded');
      }),
    );
    test(
      'a delivery can end without an attempt',
      onEmptyStore(newPlace, async (store, fixture) => {
        const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        const claim = first(result?.claims ?? []);
        const next = { reason: 'no_result', reasonDetail: 'The transform answered nothing.' };
        await store.settle([fixture.settlement(claim, 'cancelled', { attempt: null, next })]);
        expect(await store.getDelivery(claim.delivery.id)).toMatchObject({
          ...next,
          state: 'cancelled',
          attemptCount: 0,
          finishedAt: fixture.clock.now(),
        });
        expect(await store.listAttempts(claim.delivery.id)).toEqual([]);
      }),
    );
    test(
      'dead letters are grouped by target and reason, the largest group first',
      onEmptyStore(newPlace, async (store, fixture) => {
        const start = fixture.clock.now();
        const die = async (targetId: string, reason: string) => {
          const [result] = await store.append([fixture.newEvent([targetId], { handOff: true })]);
          const claim = first(result?.claims ?? []);
          await store.settle([fixture.settlement(claim, 'dead', { next: { reason } })]);
          fixture.clock.advance(1000);
        };
        await die('tgt_a', 'http_422');
        await die('tgt_b', 'timeout');
        await die('tgt_b', 'timeout');
        expect(await store.deadLetterGroups()).toEqual([
          {
            targetId: 'tgt_b',
            reason: 'timeout',
            count: 2,
            oldestAt: start + 1000,
            newestAt: start + 2000,
          },
          { targetId: 'tgt_a', reason: 'http_422', count: 1, oldestAt: start, newestAt: start },
        ]);
      }),
    );
  });
}
