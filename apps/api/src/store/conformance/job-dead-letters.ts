import { expect, test } from '@jest/globals';

import type { JobTask } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, first, onEmptyStore } from './fixture.ts';
import { die, drain, emptyStep, start } from './job-fixture.ts';

/** Jobs on dead letters. */
export function describeDeadLetterWork(newPlace: NewPlace): void {
  test(
    'a retry brings back the dead letters of the filter that ended before it began, and none twice',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ids = await die(store, fixture, 'tgt_a', 5);
      await die(store, fixture, 'tgt_b', 1);
      const task: JobTask = { kind: 'retry-dead', filter: { targetId: ['tgt_a'] } };
      expect(await store.countDeadLetters(task.filter, 100)).toBe(5);
      expect(await store.countDeadLetters({}, 3)).toBe(3);
      fixture.clock.advance(1);
      const job = await start(store, fixture, { task });
      expect(job.bound).toBeNull();
      const held = first(await store.claimJobs(1));
      fixture.clock.advance(1);
      expect(await drain(store, fixture, held, 2, 'retry')).toEqual(ids);
      expect(await store.getJob(job.id)).toMatchObject({ state: 'completed', made: 5, scanned: 5 });
      const { items } = await store.listDeliveries({ targetId: ['tgt_a'] }, FIRST_PAGE);
      for (const delivery of items) {
        expect(delivery).toMatchObject({
          state: 'pending',
          nextAttemptAt: fixture.clock.now(),
          attemptCount: 1,
          scheduleStart: 1,
          reason: null,
          finishedAt: null,
          replayId: null,
        });
      }
      expect((await store.conservation()).deliveries).toMatchObject({ pending: 5, dead: 1 });
    }),
  );
  test(
    'dead letters that ended after the job began, or were acted on meanwhile, are left alone',
    onEmptyStore(newPlace, async (store, fixture) => {
      const [one = '', two = ''] = await die(store, fixture, 'tgt_a', 2);
      fixture.clock.advance(1);
      await start(store, fixture, { task: { kind: 'discard-dead', filter: {} } });
      const held = first(await store.claimJobs(1));
      fixture.clock.advance(1);
      const [late = ''] = await die(store, fixture, 'tgt_a', 1);
      await store.retryDelivery(one, fixture.clock.now(), fixture.audit());
      const step = {
        ...emptyStep(fixture, held),
        work: { discard: [one, two, late, 'dlv_none'] },
        scanned: 4,
      };
      expect(await store.advanceJob(step)).toEqual({ outcome: 'advanced', made: 1 });
      expect(await store.getDelivery(one)).toMatchObject({ state: 'pending' });
      expect(await store.getDelivery(late)).toMatchObject({ state: 'dead' });
      expect(await store.getDelivery(two)).toMatchObject({
        state: 'cancelled',
        reason: 'discarded',
        nextAttemptAt: null,
        finishedAt: fixture.clock.now(),
      });
      const scanned = await store.scanDeadLetters({
        filter: {},
        endedBy: held.job.createdAt,
        after: null,
        limit: 10,
      });
      expect(scanned).toEqual({ items: [], positions: [], isEnd: true });
    }),
  );
}
