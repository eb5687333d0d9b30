import { describe, expect, test } from '@jest/globals';

import type { JobTask, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { DEAD_PID, FIRST_PAGE, SILENT_MS, first, keepSilent, onEmptyStore } from './fixture.ts';
import {
  TO_A,
  accept,
  expectEachOnce,
  newJob,
  nextStep,
  reread,
  start,
  walk,
} from './job-fixture.ts';
import { describeDeadLetterWork } from './job-dead-letters.ts';
import { describeEventScans } from './job-scans.ts';
import { describeSteps } from './job-steps.ts';

/** Durable jobs: replays and work on dead letters. */
export function describeJobs(newPlace: NewPlace): void {
  describe('jobs', () => {
    describeLife(newPlace);
    describeLeases(newPlace);
    describeSteps(newPlace);
    describeEventScans(newPlace);
    describeDeadLetterWork(newPlace);
  });
}

function describeLife(newPlace: NewPlace): void {
  test(
    'a job is kept as it was asked for, running and at its start',
    onEmptyStore(newPlace, async (store, fixture) => {
      const asked = newJob(fixture, {
        task: {
          kind: 'replay',
          filter: { type: ['a'], q: 'x y' },
          destination: { kind: 'original' },
        },
        ratePerSecond: 12.5,
        expected: 3,
      });
      const job = await store.insertJob(asked, fixture.audit({ subjectId: asked.id }));
      expect(job).toMatchObject({
        ...asked,
        state: 'running',
        position: null,
        scanned: 0,
        made: 0,
        waitingFor: null,
        failure: null,
        updatedAt: asked.createdAt,
        finishedAt: null,
      });
      expect(await store.getJob(asked.id)).toEqual(job);
      expect((await store.listAudit({ subjectId: asked.id }, FIRST_PAGE)).items).toHaveLength(1);
      await expect(store.insertJob(asked, fixture.audit())).rejects.toMatchObject({
        code: 'conflict',
      });
      expect(await store.getJob('rpl_none')).toBeNull();
    }),
  );
  test(
    'jobs are listed newest first, by kind and state, page by page',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ids: string[] = [];
      for (const kind of ['replay', 'retry-dead', 'replay', 'discard-dead'] as const) {
        const task: JobTask = kind === 'replay' ? TO_A : { kind, filter: {} };
        ids.unshift((await start(store, fixture, { task })).id);
      }
      const page = await store.listJobs({}, { limit: 3, cursor: null });
      const rest = await store.listJobs({}, { limit: 3, cursor: page.nextCursor });
      expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
      expect(rest.nextCursor).toBeNull();
      await store.changeJobState(ids[1] ?? '', 'pause', fixture.clock.now(), fixture.audit());
      const idsOf = async (filter: Parameters<Store['listJobs']>[0]) =>
        (await store.listJobs(filter, FIRST_PAGE)).items.map(({ id }) => id);
      expect(await idsOf({ kind: ['replay'] })).toEqual([ids[1], ids[3]]);
      expect(await idsOf({ state: ['paused'] })).toEqual([ids[1]]);
      expect(await idsOf({ kind: ['retry-dead', 'discard-dead'], state: ['running'] })).toEqual([
        ids[0],
        ids[2],
      ]);
    }),
  );
  test(
    'pause, resume and cancel go from the states that allow them, with an audit entry each',
    onEmptyStore(newPlace, async (store, fixture) => {
      const { id } = await start(store, fixture);
      const change = (action: 'pause' | 'resume' | 'cancel') =>
        store.changeJobState(id, action, fixture.clock.now(), fixture.audit({ subjectId: id }));
      await expect(change('resume')).rejects.toMatchObject({ code: 'conflict' });
      expect(await change('pause')).toMatchObject({ state: 'paused', finishedAt: null });
      await expect(change('pause')).rejects.toMatchObject({ code: 'conflict' });
      expect(await change('resume')).toMatchObject({ state: 'running' });
      fixture.clock.advance(10);
      const endedAt = fixture.clock.now();
      expect(await change('cancel')).toMatchObject({ state: 'cancelled', finishedAt: endedAt });
      fixture.clock.advance(10);
      expect(await change('cancel')).toMatchObject({ state: 'cancelled', finishedAt: endedAt });
      await expect(change('resume')).rejects.toMatchObject({ code: 'conflict' });
      // One for the start, one for each change that was allowed.
      const { items } = await store.listAudit({ subjectId: id }, FIRST_PAGE);
      expect(items).toHaveLength(5);
      await expect(
        store.changeJobState('rpl_none', 'pause', 0, fixture.audit()),
      ).rejects.toMatchObject({ code: 'not_found' });
    }),
  );
  test(
    'a job that ended leaves with retention, and one that runs stays',
    onEmptyStore(newPlace, async (store, fixture) => {
      const ended = await start(store, fixture);
      const running = await start(store, fixture);
      await store.changeJobState(ended.id, 'cancel', fixture.clock.now(), fixture.audit());
      fixture.clock.advance(1000);
      await store.prune(fixture.clock.now(), fixture.clock.now(), 10);
      expect(await store.getJob(ended.id)).toBeNull();
      expect(await store.getJob(running.id)).toMatchObject({ state: 'running' });
    }),
  );
}

function describeLeases(newPlace: NewPlace): void {
  test(
    'two processes never get the same job, the oldest goes first, and one given back is free again',
    onEmptyStore(newPlace, async (store, fixture) => {
      const other = await fixture.open();
      const jobs = [await start(store, fixture), await start(store, fixture)];
      const mine = await store.claimJobs(1);
      const theirs = await other.claimJobs(5);
      expect(mine.map(({ job }) => job.id)).toEqual([jobs[0]?.id]);
      expect(theirs.map(({ job }) => job.id)).toEqual([jobs[1]?.id]);
      expect(await store.claimJobs(5)).toEqual([]);
      const held = first(theirs);
      await store.releaseJob(held.job.id, held.fence);
      expect(await store.claimJobs(5)).toEqual([]);
      await other.releaseJob(held.job.id, held.fence);
      expect(first(await store.claimJobs(5)).fence).toBeGreaterThan(held.fence);
    }),
  );
  test(
    'many processes that ask at once share the jobs out, each to one',
    onEmptyStore(newPlace, async (store, fixture) => {
      const others = [await fixture.open(), await fixture.open()];
      for (let count = 0; count < 12; count += 1) await start(store, fixture);
      const answers = await Promise.all(
        [store, ...others].flatMap((one) => [one.claimJobs(3), one.claimJobs(3)]),
      );
      const ids = answers.flat().map(({ job }) => job.id);
      expect(new Set(ids).size).toBe(12);
      expect(ids).toHaveLength(12);
    }),
  );
  test(
    'the jobs of a process that died, or fell silent elsewhere, are taken over; those of a living one are not',
    onEmptyStore(newPlace, async (store, fixture) => {
      const dead = await fixture.open({ process: { id: 'prc_d', pid: DEAD_PID, host: 'here' } });
      const away = await fixture.open({ process: { id: 'prc_a', pid: DEAD_PID, host: 'there' } });
      const living = await fixture.open();
      const ids: string[] = [];
      for (const one of [dead, away, living]) {
        ids.push((await start(store, fixture)).id);
        await one.claimJobs(1);
      }
      await store.takeOver(fixture.clock.now(), SILENT_MS);
      const freed = await store.claimJobs(5);
      expect(freed.map(({ job }) => job.id)).toEqual([ids[0]]);
      await keepSilent(store, fixture);
      await living.heartbeat(fixture.clock.now());
      await store.takeOver(fixture.clock.now(), SILENT_MS);
      const later = await store.claimJobs(5);
      expect(later.map(({ job }) => job.id)).toEqual([ids[1]]);
    }),
  );
  test(
    'a process that was given up and wakes up does no step, and another goes on where it was',
    onEmptyStore(newPlace, async (store, fixture) => {
      const stopped = await fixture.open();
      await accept(store, fixture, 4);
      await start(store, fixture);
      const old = first(await stopped.claimJobs(1));
      await walk(stopped, fixture, old, 2, 1);
      const late = await nextStep(stopped, fixture, await reread(store, old), 2);
      await keepSilent(store, fixture);
      await store.heartbeat(fixture.clock.now());
      await store.takeOver(fixture.clock.now(), SILENT_MS);
      const current = first(await store.claimJobs(1));
      expect(current.job.scanned).toBe(2);
      expect(await stopped.advanceJob(late)).toEqual({ outcome: 'stale' });
      await walk(store, fixture, current, 2);
      await expectEachOnce(store, current.job.id, 4);
    }),
  );
  test(
    'a paused job is leased to nobody, and a resumed one only anew',
    onEmptyStore(newPlace, async (store, fixture) => {
      const { id } = await start(store, fixture);
      const held = first(await store.claimJobs(1));
      await store.changeJobState(id, 'pause', fixture.clock.now(), fixture.audit());
      expect(await store.claimJobs(1)).toEqual([]);
      await store.changeJobState(id, 'resume', fixture.clock.now(), fixture.audit());
      const step = await nextStep(store, fixture, held, 1);
      expect(await store.advanceJob(step)).toEqual({ outcome: 'stale' });
      expect(await store.claimJobs(1)).toHaveLength(1);
    }),
  );
}
