import { expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { leaseOf, onEmptyStore, stateOf } from './fixture.ts';
import { FAILED, KEY, claimLine, claimOne, endOne, line, subscribe } from './ordering-fixture.ts';

/** What follows from a dead letter. */
export function describeDeadLetters(newPlace: NewPlace): void {
  test(
    'where the subscription skips, or is gone, the key goes on after a dead letter',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ids = await line(store, fixture, 3);
      expect(await endOne(store, fixture, 'dead')).toBe(ids[0]);
      await subscribe(store, fixture, 'skip');
      expect(await endOne(store, fixture, 'dead')).toBe(ids[1]);
      expect(await endOne(store, fixture)).toBe(ids[2]);
    }),
  );
  test(
    'where it blocks, the key stands still until a person cancels the dead letter',
    onEmptyStore(newPlace, async (store, fixture) => {
      await subscribe(store, fixture, 'block');
      const [head = '', second = ''] = await line(store, fixture, 2);
      const claim = await claimOne(store, fixture);
      expect(await store.settle([fixture.settlement(claim, 'dead')])).toEqual(['settled']);
      const [born] = await store.append([fixture.newEvent(['tgt_a'], { ...KEY, handOff: true })]);
      expect(born?.claims).toEqual([]);
      expect(await store.nextDueAt()).toBeNull();
      expect(await store.getDelivery(second)).toMatchObject({ waitsFor: head });
      await store.cancelDelivery(head, fixture.clock.now(), fixture.audit());
      expect(await endOne(store, fixture)).toBe(second);
      await endOne(store, fixture);
    }),
  );
  test(
    'where it blocks, a retried dead letter goes first, and the others follow once it succeeded',
    onEmptyStore(newPlace, async (store, fixture) => {
      await subscribe(store, fixture, 'block');
      const [head = '', second] = await line(store, fixture, 2);
      await endOne(store, fixture, 'dead');
      const delivery = await store.retryDelivery(head, fixture.clock.now(), fixture.audit());
      expect(delivery).toMatchObject({ state: 'pending', nextAttemptAt: fixture.clock.now() });
      expect(await endOne(store, fixture, 'dead')).toBe(head);
      expect(await claimLine(store, fixture)).toEqual([]);
      await store.retryDelivery(head, fixture.clock.now(), fixture.audit({ id: 'aud_2' }));
      expect(await endOne(store, fixture)).toBe(head);
      expect(await endOne(store, fixture)).toBe(second);
    }),
  );
  test(
    'a change from block to skip, and the deletion of the subscription, free the keys that are blocked',
    onEmptyStore(newPlace, async (store, fixture) => {
      const body = await subscribe(store, fixture, 'block');
      const [, second] = await line(store, fixture, 3);
      await endOne(store, fixture, 'dead');
      const at = fixture.clock.now();
      const change = { kind: 'subscription', id: 'sub_tgt_a', expectedVersion: null, at } as const;
      const named = { ...change, name: body.name };
      await store.updateResource({ ...named, body: { ...body, state: 'paused' } }, fixture.audit());
      expect(await claimLine(store, fixture)).toEqual([]);
      const skipping = { ...body, onDeadLetter: 'skip' } as const;
      await store.updateResource({ ...named, body: skipping }, fixture.audit({ id: 'aud_2' }));
      const claim = await claimOne(store, fixture);
      expect(claim.delivery.id).toBe(second);

      await store.updateResource({ ...named, body }, fixture.audit({ id: 'aud_3' }));
      await store.settle([fixture.settlement(claim, 'dead')]);
      expect(await claimLine(store, fixture)).toEqual([]);
      const gone = { kind: 'subscription', id: 'sub_tgt_a', expectedVersion: null } as const;
      await store.deleteResource(gone, fixture.audit({ id: 'aud_4' }));
      await endOne(store, fixture);
    }),
  );
  test(
    'a change from skip to block leaves earlier dead letters alone',
    onEmptyStore(newPlace, async (store, fixture) => {
      const body = await subscribe(store, fixture, 'skip');
      const [, second] = await line(store, fixture, 2);
      await endOne(store, fixture, 'dead');
      const blocking = { ...body, onDeadLetter: 'block' } as const;
      const at = fixture.clock.now();
      const change = { kind: 'subscription', id: 'sub_tgt_a', name: body.name, at } as const;
      await store.updateResource(
        { ...change, expectedVersion: null, body: blocking },
        fixture.audit(),
      );
      expect(await endOne(store, fixture)).toBe(second);
    }),
  );
  test(
    'a dead letter that blocks is kept, however old, and leaves with retention once it does not',
    onEmptyStore(newPlace, async (store, fixture) => {
      await subscribe(store, fixture, 'block');
      const [head = ''] = await line(store, fixture, 1);
      await endOne(store, fixture, 'dead');
      fixture.clock.advance(1000);
      const now = fixture.clock.now();
      expect(await store.prune(now, now, 10)).toBe(0);
      await store.cancelDelivery(head, now, fixture.audit());
      expect(await store.prune(now, now, 10)).toBe(1);
    }),
  );
}

/** What a person does to deliveries of a line. */
export function describePeople(newPlace: NewPlace): void {
  test.each(['dead', 'cancelled'] as const)(
    'a retried %s delivery that later ones have passed goes now, in front of those that wait',
    (state) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        const [passed = '', gone, ...rest] = await line(store, fixture, 4);
        expect(await endOne(store, fixture, state)).toBe(passed);
        expect(await endOne(store, fixture)).toBe(gone);
        await store.retryDelivery(passed, fixture.clock.now(), fixture.audit());
        expect(await endOne(store, fixture)).toBe(passed);
        for (const id of rest) expect(await endOne(store, fixture)).toBe(id);
      })(),
  );
  test(
    'a retried delivery waits for the one that is being delivered, and goes in front of it when that fails or is given back',
    onEmptyStore(newPlace, async (store, fixture) => {
      for (const end of ['retrying', 'release'] as const) {
        const [passed = '', current = ''] = await line(store, fixture, 2);
        await endOne(store, fixture, 'dead');
        const claim = await claimOne(store, fixture);
        const retried = await store.retryDelivery(passed, fixture.clock.now(), fixture.audit());
        expect(retried).toMatchObject({ nextAttemptAt: null, waitsFor: current });
        expect(await claimLine(store, fixture)).toEqual([]);
        const next = { nextAttemptAt: fixture.clock.now() + 60_000 };
        if (end === 'release') await store.release([leaseOf(claim)]);
        else {
          const retrying = fixture.settlement(claim, 'retrying', { attempt: FAILED, next });
          expect(await store.settle([retrying])).toEqual(['next_due']);
        }
        expect(await store.getDelivery(current)).toMatchObject({ waitsFor: passed });
        expect(await endOne(store, fixture)).toBe(passed);
        expect(await endOne(store, fixture)).toBe(current);
      }
    }),
  );
  test(
    'a retried delivery goes in front of one that was being delivered meanwhile and blocks now',
    onEmptyStore(newPlace, async (store, fixture) => {
      await subscribe(store, fixture, 'block');
      const [passed = '', blocking = ''] = await line(store, fixture, 2);
      await endOne(store, fixture, 'cancelled');
      const claim = await claimOne(store, fixture);
      await store.retryDelivery(passed, fixture.clock.now(), fixture.audit());
      expect(await store.settle([fixture.settlement(claim, 'dead')])).toEqual(['next_due']);
      expect(await store.getDelivery(blocking)).toMatchObject({ state: 'dead', waitsFor: passed });
      expect(await endOne(store, fixture)).toBe(passed);
      expect(await store.getDelivery(blocking)).toMatchObject({ state: 'dead', waitsFor: null });
    }),
  );
  test(
    'a retried delivery goes in front of one that waits for its next attempt, and of a dead letter that blocks',
    onEmptyStore(newPlace, async (store, fixture) => {
      await subscribe(store, fixture, 'block');
      const [cancelled = '', blocking = '', last] = await line(store, fixture, 3);
      expect(await endOne(store, fixture, 'cancelled')).toBe(cancelled);
      const claim = await claimOne(store, fixture);
      const next = { nextAttemptAt: fixture.clock.now() + 60_000 };
      await store.settle([fixture.settlement(claim, 'retrying', { attempt: FAILED, next })]);
      await store.retryDelivery(cancelled, fixture.clock.now(), fixture.audit());
      expect(await endOne(store, fixture, 'cancelled')).toBe(cancelled);
      expect(await endOne(store, fixture, 'dead')).toBe(blocking);
      await store.retryDelivery(cancelled, fixture.clock.now(), fixture.audit({ id: 'aud_2' }));
      expect(await endOne(store, fixture)).toBe(cancelled);
      expect(await claimLine(store, fixture)).toEqual([]);
      expect(await stateOf(store, claim)).toBe('dead');
      await store.cancelDelivery(blocking, fixture.clock.now(), fixture.audit({ id: 'aud_3' }));
      expect(await endOne(store, fixture)).toBe(last);
    }),
  );
  test(
    'cancelling the one that has the turn passes it on; cancelling one that waits takes only that one out',
    onEmptyStore(newPlace, async (store, fixture) => {
      const [head = '', second, third = '', fourth] = await line(store, fixture, 4);
      await store.cancelDelivery(third, fixture.clock.now(), fixture.audit());
      await store.cancelDelivery(head, fixture.clock.now(), fixture.audit({ id: 'aud_2' }));
      expect(await endOne(store, fixture)).toBe(second);
      expect(await endOne(store, fixture)).toBe(fourth);
      expect(await store.nextDueAt()).toBeNull();
    }),
  );
  test.each([{ targetId: 'tgt_a' }, { subscriptionId: 'sub_tgt_a' }])(
    'cancelling all that waits (%j) takes the lines along, but for what is under way',
    (filter) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        const [head] = await line(store, fixture, 5);
        await line(store, fixture, 3, { orderingKey: 'order-8' });
        const [claim] = await claimLine(store, fixture);
        const reason = { code: 'target_deleted', detail: 'Its target was deleted.' };
        const now = fixture.clock.now();
        if (!claim) throw new Error('Two were due.');
        expect(claim.delivery.id).toBe(head);
        expect(await store.cancelWaiting(filter, reason, now)).toBe(6);
        expect(await store.nextDueAt()).toBeNull();
        expect(await store.backlog()).toMatchObject([{ pending: 0, delivering: 2 }]);
        expect(await store.settle([fixture.settlement(claim, 'succeeded')])).toEqual(['settled']);
      })(),
  );
}
