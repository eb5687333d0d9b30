import { expect, test } from '@jest/globals';

import type { Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import {
  DEAD_PID,
  FIRST_PAGE,
  SILENT_MS,
  claimAll,
  first,
  leaseOf,
  onEmptyStore,
  type Fixture,
} from './fixture.ts';
import {
  accept,
  deliveriesFor,
  emptyStep,
  expectEachOnce,
  nextStep,
  reread,
  scan,
  start,
  walk,
} from './job-fixture.ts';

/** Steps of a replay: each once, whatever happens between two of them. */
export function describeSteps(newPlace: NewPlace): void {
  test(
    'a replay goes once through everything there was when it began, oldest first, and makes marked deliveries that are due at once',
    onEmptyStore(newPlace, async (store, fixture) => {
      const events = await accept(store, fixture, 5);
      await claimAll(store, fixture, ['tgt_first']);
      const job = await start(store, fixture);
      await accept(store, fixture, 2);
      fixture.clock.advance(100);
      const held = first(await store.claimJobs(1));
      const order = await walk(store, fixture, held, 2);
      expect(order).toEqual(events);
      const done = await store.getJob(job.id);
      expect(done).toMatchObject({ state: 'completed', scanned: 5, made: 5 });
      expect(done?.finishedAt).toBe(fixture.clock.now());
      const { items } = await store.listDeliveries({ replayId: [job.id] }, FIRST_PAGE);
      expect(items).toHaveLength(5);
      expect(items[0]).toMatchObject({
        eventId: events.at(-1),
        subscriptionId: null,
        targetId: 'tgt_a',
        state: 'pending',
        attemptCount: 0,
        createdAt: fixture.clock.now(),
        nextAttemptAt: fixture.clock.now(),
        replayId: job.id,
      });
      const claims = await claimAll(store, fixture, ['tgt_a']);
      expect(claims.map(({ event }) => event.id)).toEqual(events);
      expect(await store.claimJobs(1)).toEqual([]);
    }),
  );
  test(
    'a step that is sent twice is done once',
    onEmptyStore(newPlace, async (store, fixture) => {
      await accept(store, fixture, 3);
      const job = await start(store, fixture);
      const held = first(await store.claimJobs(1));
      const step = await nextStep(store, fixture, held, 2);
      expect(await store.advanceJob(step)).toEqual({ outcome: 'advanced', made: 2 });
      expect(await store.advanceJob(step)).toEqual({ outcome: 'stale' });
      const again = { ...step, work: { make: deliveriesFor(fixture, await scan(store, held, 2)) } };
      expect(await store.advanceJob(again)).toEqual({ outcome: 'stale' });
      await walk(store, fixture, held, 2);
      await expectEachOnce(store, job.id, 3);
    }),
  );
  test(
    'what a step made is there after a restart, and the next process goes on behind it',
    onEmptyStore(newPlace, async (store, fixture) => {
      const dying = await fixture.open({ process: { id: 'prc_d', pid: DEAD_PID, host: 'here' } });
      const events = await accept(store, fixture, 6);
      const job = await start(store, fixture);
      await walk(dying, fixture, first(await dying.claimJobs(1)), 2, 2);
      await dying.close();
      const next = await fixture.open();
      await next.takeOver(fixture.clock.now(), SILENT_MS);
      const held = first(await next.claimJobs(1));
      expect(held.job).toMatchObject({ scanned: 4, made: 4 });
      expect(await walk(next, fixture, held, 2)).toEqual(events.slice(4));
      await expectEachOnce(next, job.id, 6);
    }),
  );
  test(
    'pausing or cancelling stops the very next step, and going on repeats none',
    onEmptyStore(newPlace, async (store, fixture) => {
      await accept(store, fixture, 4);
      const { id } = await start(store, fixture);
      const held = first(await store.claimJobs(1));
      await walk(store, fixture, held, 1, 1);
      const step = await nextStep(store, fixture, await reread(store, held), 2);
      await store.changeJobState(id, 'pause', fixture.clock.now(), fixture.audit());
      expect(await store.advanceJob(step)).toEqual({ outcome: 'stopped' });
      expect(await store.getJob(id)).toMatchObject({ scanned: 1, made: 1, state: 'paused' });
      await store.changeJobState(id, 'resume', fixture.clock.now(), fixture.audit());
      const anew = first(await store.claimJobs(1));
      const late = await nextStep(store, fixture, anew, 2);
      await walk(store, fixture, anew, 2, 1);
      await expectEachOnce(store, id, 3);
      await store.changeJobState(id, 'cancel', fixture.clock.now(), fixture.audit());
      expect(await store.advanceJob(late)).toEqual({ outcome: 'stopped' });
      await expectEachOnce(store, id, 3);
    }),
  );
  test(
    'two processes that both believe to hold a job make each delivery once between them',
    onEmptyStore(newPlace, async (store, fixture) => {
      const other = await fixture.open();
      await accept(store, fixture, 20);
      const job = await start(store, fixture);
      const held = first(await store.claimJobs(1));
      const race = async (one: Store) => {
        for (;;) {
          const now = await reread(store, held);
          if (now.job.state !== 'running') return;
          await one.advanceJob(await nextStep(one, fixture, now, 3));
        }
      };
      await Promise.all([race(store), race(store), Promise.race([race(other), race(store)])]);
      await expectEachOnce(store, job.id, 20);
      expect(await store.getJob(job.id)).toMatchObject({ made: 20, scanned: 20 });
    }),
  );
  test(
    'a step may only note what the job waits for, or end it as failed',
    onEmptyStore(newPlace, async (store, fixture) => {
      const { id } = await start(store, fixture);
      const held = first(await store.claimJobs(1));
      const note = { ...emptyStep(fixture, held), waitingFor: 'target_paused' } as const;
      expect(await store.advanceJob(note)).toEqual({ outcome: 'advanced', made: 0 });
      expect(await store.getJob(id)).toMatchObject({ waitingFor: 'target_paused', position: null });
      const end = { state: 'failed', failure: 'The target tgt_a was deleted.' } as const;
      await store.advanceJob({ ...emptyStep(fixture, held), end });
      expect(await store.getJob(id)).toMatchObject({ ...end, waitingFor: null });
      expect((await store.getJob(id))?.finishedAt).toBe(fixture.clock.now());
      expect(await store.claimJobs(1)).toEqual([]);
    }),
  );
  test(
    'a delivery of an event that has left is passed over',
    onEmptyStore(newPlace, async (store, fixture) => {
      const [eventId = ''] = await accept(store, fixture, 1);
      await start(store, fixture);
      const held = first(await store.claimJobs(1));
      const make = [
        {
          id: fixture.id('dlv'),
          eventId: 'evt_gone',
          subscriptionId: 'sub_a',
          targetId: 'tgt_a',
          orderingKey: null,
        },
        {
          id: fixture.id('dlv'),
          eventId,
          subscriptionId: 'sub_a',
          targetId: 'tgt_a',
          orderingKey: null,
        },
      ];
      const step = { ...emptyStep(fixture, held), work: { make }, scanned: 2 };
      expect(await store.advanceJob(step)).toEqual({ outcome: 'advanced', made: 1 });
      expect(await store.getJob(held.job.id)).toMatchObject({ made: 1, scanned: 2 });
    }),
  );
  test(
    'deliveries of a replay are counted as made, are news, and never pass for the first ones',
    onEmptyStore(newPlace, async (store, fixture) => {
      await store.append([fixture.newEvent(['tgt_a'], { event: { eventId: 'same' } })]);
      const job = await start(store, fixture);
      const position = await store.changePosition();
      const held = first(await store.claimJobs(1));
      await walk(store, fixture, held, 5);
      const { counted, deliveries } = await store.conservation();
      expect(counted.made).toBe(2);
      expect(deliveries.pending).toBe(2);
      const news = await store.changes({ after: position, limit: 10, thin: false });
      expect(news.changes).toMatchObject([
        { kind: 'delivery.updated', delivery: { replayId: job.id } },
      ]);
      const again = fixture.newEvent(['tgt_a'], { event: { eventId: 'same' } });
      expect(await store.append([again])).toMatchObject([
        { outcome: 'duplicate', deliveryCount: 1 },
      ]);
      const scanned = await scan(store, held, 5, null);
      expect(scanned.items[0]?.originals).toEqual(['sub_tgt_a']);
    }),
  );
  test(
    'the deliveries of a replay are counted by state, its backlog up to a bound, and cancelled together',
    onEmptyStore(newPlace, async (store, fixture) => {
      await accept(store, fixture, 5);
      const { id } = await start(store, fixture);
      await walk(store, fixture, first(await store.claimJobs(1)), 5);
      const claims = await claimAll(store, fixture, ['tgt_a'], 3);
      await store.settle([fixture.settlement(first(claims), 'succeeded')]);
      expect(await store.jobDeliveries(id)).toEqual({
        pending: 2,
        delivering: 2,
        retrying: 0,
        succeeded: 1,
        dead: 0,
        cancelled: 0,
      });
      expect(await store.jobBacklog(id, 100)).toBe(4);
      expect(await store.jobBacklog(id, 3)).toBe(3);
      const reason = { code: 'replay_cancelled', detail: 'The replay was cancelled.' };
      expect(await store.cancelWaiting({ replayId: id }, reason, fixture.clock.now())).toBe(2);
      await store.release(claims.slice(1).map(leaseOf));
      expect(await store.jobDeliveries(id)).toMatchObject({ pending: 2, cancelled: 2 });
      expect((await store.jobDeliveries('rpl_none')).pending).toBe(0);
    }),
  );
  test(
    'ordered deliveries of a replay stand in line, in the order of the events, behind what waits there',
    onEmptyStore(newPlace, async (store, fixture) => {
      const early = await acceptOrdered(store, fixture, 3);
      await start(store, fixture);
      const late = await acceptOrdered(store, fixture, 1);
      const held = first(await store.claimJobs(1));
      const page = await scan(store, held, 10);
      const make = page.items.map(({ event }) => ({
        id: fixture.id('dlv'),
        eventId: event.id,
        subscriptionId: 'sub_tgt_a',
        targetId: 'tgt_a',
        orderingKey: 'k',
      }));
      const step = {
        ...emptyStep(fixture, held),
        to: page.positions.at(-1) ?? null,
        work: { make },
      };
      expect(await store.advanceJob(step)).toEqual({ outcome: 'advanced', made: 3 });
      const order: string[] = [];
      for (let turn = 0; turn < 7; turn += 1) {
        const claims = await claimAll(store, fixture, ['tgt_a']);
        expect(claims).toHaveLength(1);
        order.push(...claims.map(({ delivery }) => delivery.eventId));
        await store.settle(claims.map((claim) => fixture.settlement(claim, 'succeeded')));
      }
      expect(order).toEqual([...early, ...late, ...early]);
      expect((await store.jobDeliveries(held.job.id)).succeeded).toBe(3);
    }),
  );
}

/** Stores events with one delivery each, all in one line; answers their ids. */
async function acceptOrdered(store: Store, fixture: Fixture, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const item = fixture.newEvent(['tgt_a']);
    const deliveries = item.deliveries.map((delivery) => ({ ...delivery, orderingKey: 'k' }));
    await store.append([{ ...item, deliveries }]);
    ids.push(item.event.id);
  }
  return ids;
}
