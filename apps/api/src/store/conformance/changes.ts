import { describe, expect, test } from '@jest/globals';

import type { Change, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { first, onEmptyStore } from './fixture.ts';

function names(changes: readonly Change[]): string[] {
  return changes.map((change) => {
    if (change.kind === 'event.accepted') return change.event.id;
    return change.kind === 'delivery.updated' ? change.delivery.id : change.id;
  });
}

/** Reads on from a position until nothing is left, `limit` at a time. */
async function readAll(store: Store, from: string, limit: number): Promise<Change[]> {
  const all: Change[] = [];
  let after = from;
  for (;;) {
    const { changes, position, reset } = await store.changes({ after, limit, thin: false });
    expect(reset).toBe(false);
    if (changes.length === 0 && position === after) return all;
    all.push(...changes);
    after = position;
  }
}

function heard(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.onChange(() => {
      stop();
      resolve();
    });
  });
}

/** The change feed: gapless, resumable anywhere, honest when it cannot be. */
export function describeChanges(newPlace: NewPlace): void {
  describe('changes', () => {
    test(
      'events, deliveries and resources appear in order, with the records as they are now',
      onEmptyStore(newPlace, async (store, { newEvent, settlement, audit, clock }) => {
        const start = await store.changePosition();
        const item = newEvent(['tgt_a'], { handOff: true });
        const [result] = await store.append([item]);
        const claim = first(result?.claims ?? []);
        await store.settle([settlement(claim, 'succeeded')]);
        const at = clock.now();
        const body = { name: 'order.created', description: '' };
        const type = {
          kind: 'event-type' as const,
          id: 'evt_type',
          name: body.name,
          parentId: null,
        };
        await store.insertResource(
          { ...type, version: 1, body, createdAt: at, updatedAt: at },
          audit(),
        );
        const { changes, position, leftOut, reset } = await store.changes({
          after: start,
          limit: 50,
          thin: false,
        });
        expect(names(changes)).toEqual([
          item.event.id,
          claim.delivery.id,
          claim.delivery.id,
          'evt_type',
        ]);
        expect(changes[0]).toMatchObject({
          kind: 'event.accepted',
          at,
          event: { type: 'order.created' },
        });
        expect(changes[2]).toMatchObject({
          kind: 'delivery.updated',
          delivery: { state: 'succeeded' },
        });
        expect(changes[3]).toMatchObject({ kind: 'resource.changed', resource: 'event-type' });
        expect({ position, leftOut, reset }).toEqual({
          position: await store.changePosition(),
          leftOut: 0,
          reset: false,
        });
      }),
    );
    test.each([1, 2, 3, 7])(
      'a reader that takes %i at a time misses nothing and sees nothing twice',
      (limit) =>
        onEmptyStore(newPlace, async (store, { newEvent }) => {
          const start = await store.changePosition();
          const batches = Array.from({ length: 4 }, () => [
            newEvent(['tgt_a', 'tgt_b']),
            newEvent(['tgt_a']),
          ]);
          for (const batch of batches) await store.append(batch);
          const expected = batches.flatMap((batch) => [
            ...batch.map(({ event }) => event.id),
            ...batch.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)),
          ]);
          expect(names(await readAll(store, start, limit))).toEqual(expected);
        })(),
    );
    test(
      'the position of every single change resumes right after it',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const start = await store.changePosition();
        await store.append([newEvent(['tgt_a']), newEvent(['tgt_a', 'tgt_b'])]);
        await store.append([newEvent(['tgt_a'])]);
        const all = await readAll(store, start, 100);
        for (const [index, change] of all.entries()) {
          const rest = await readAll(store, change.position, 100);
          expect(names(rest)).toEqual(names(all.slice(index + 1)));
        }
      }),
    );
    test(
      'writers of two processes lose nothing to a reader that follows them',
      onEmptyStore(newPlace, async (store, { newEvent, open }) => {
        const other = await open();
        const reader = await open();
        const items = Array.from({ length: 60 }, () => newEvent([]));
        const seen: string[] = [];
        let position = await reader.changePosition();
        const writing = Promise.all(
          items.map((item, index) => (index % 2 === 0 ? store : other).append([item])),
        );
        const progress = { isDone: false };
        void writing.then(() => (progress.isDone = true));
        for (;;) {
          const wasDone = progress.isDone;
          const news = await reader.changes({ after: position, limit: 5, thin: false });
          seen.push(...names(news.changes));
          if (wasDone && news.position === position) break;
          position = news.position;
        }
        expect(seen.sort()).toEqual(items.map(({ event }) => event.id).sort());
      }),
    );
    test(
      'a thinned answer reaches the newest in one call, counts what it leaves out and keeps every resource',
      onEmptyStore(newPlace, async (store, { newEvent, audit, clock }) => {
        const start = await store.changePosition();
        const items = Array.from({ length: 100 }, () => newEvent([]));
        for (let index = 0; index < 100; index += 10) {
          await store.append(items.slice(index, index + 10));
        }
        const at = clock.now();
        const body = { name: 'x', description: '' };
        const type = { kind: 'event-type' as const, id: 'type_x', name: 'x', parentId: null };
        await store.insertResource(
          { ...type, version: 1, body, createdAt: at, updatedAt: at },
          audit(),
        );
        const thin = await store.changes({ after: start, limit: 20, thin: true });
        expect(thin.position).toBe(await store.changePosition());
        expect(thin.changes).toHaveLength(21);
        expect(thin.leftOut).toBe(80);
        expect(names(thin.changes)).toContain('type_x');
        const halves = names(thin.changes).filter((id) =>
          items.slice(0, 50).some(({ event }) => event.id === id),
        );
        expect(halves).toHaveLength(10);
        const all = await store.changes({ after: start, limit: 500, thin: true });
        expect(all.changes).toHaveLength(101);
        expect(all.leftOut).toBe(0);
      }),
    );
    test.each(['', 'nonsense', '99999', '-1', '1.x'])(
      'the foreign position %j is answered with a reset',
      (after) =>
        onEmptyStore(newPlace, async (store, { newEvent }) => {
          await store.append([newEvent([])]);
          const answer = await store.changes({ after, limit: 10, thin: false });
          expect(answer).toEqual({
            changes: [],
            position: await store.changePosition(),
            leftOut: 0,
            reset: true,
          });
        })(),
    );
    test(
      'a position older than what is kept is answered with a reset',
      onEmptyStore(newPlace, async (store, { newEvent, clock }) => {
        const start = await store.changePosition();
        await store.append([newEvent([])]);
        await store.append([newEvent([])]);
        clock.advance(1000);
        await store.prune(clock.now(), clock.now(), 100);
        const position = await store.changePosition();
        expect(await store.changes({ after: start, limit: 10, thin: false })).toMatchObject({
          reset: true,
          position,
        });
        expect(await store.changes({ after: position, limit: 10, thin: false })).toMatchObject({
          reset: false,
        });
      }),
    );
    test(
      'a failed write is not in the feed',
      onEmptyStore(newPlace, async (store, { audit }) => {
        const start = await store.changePosition();
        const failed = store.deleteResource(
          { kind: 'target', id: 'tgt_none', expectedVersion: null },
          audit(),
        );
        await expect(failed).rejects.toMatchObject({ code: 'not_found' });
        expect(await store.changePosition()).toBe(start);
      }),
    );
    test(
      'listeners hear of own commits at once and of those of other processes soon after',
      onEmptyStore(newPlace, async (store, { newEvent, open, clock }) => {
        const other = await open();
        const own = heard(store);
        await store.append([newEvent([])]);
        await own;
        const foreign = heard(store);
        const progress = { isHeard: false };
        void foreign.then(() => (progress.isHeard = true));
        // The first look learns the position; what comes later is news.
        await store.changePosition();
        await other.append([newEvent([])]);
        while (!progress.isHeard) {
          clock.advance(250);
          await store.changePosition();
        }
        await foreign;
      }),
    );
  });
}
