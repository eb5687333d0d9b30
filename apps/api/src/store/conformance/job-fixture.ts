import { expect } from '@jest/globals';

import type { ClaimedJob, JobStep, JobTask, NewJob, ReplayedDelivery, Store } from '../store.ts';
import { FIRST_PAGE, first, type Fixture } from './fixture.ts';

export const TO_A: JobTask = {
  kind: 'replay',
  filter: {},
  destination: { kind: 'target', targetId: 'tgt_a' },
};
/** More than the payloads of a test come to. */
export const MUCH = 2 ** 20;

export function newJob(fixture: Fixture, changes: Partial<NewJob> = {}): NewJob {
  return {
    id: fixture.id('rpl'),
    task: TO_A,
    ratePerSecond: null,
    expected: null,
    createdBy: 'usr_ada',
    createdAt: fixture.clock.now(),
    ...changes,
  };
}

/** Starts a replay of everything to tgt_a, unless told otherwise. */
export async function start(store: Store, fixture: Fixture, changes: Partial<NewJob> = {}) {
  const job = newJob(fixture, changes);
  fixture.clock.advance(1);
  return store.insertJob(job, fixture.audit({ subjectId: job.id }));
}

/** Stores events with one delivery each and answers their ids, oldest first. */
export async function accept(store: Store, fixture: Fixture, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const item = fixture.newEvent(['tgt_first']);
    await store.append([item]);
    ids.push(item.event.id);
    fixture.clock.advance(index % 2);
  }
  return ids;
}

/** Makes dead letters of a target and answers their ids, oldest first. */
export async function die(store: Store, fixture: Fixture, targetId: string, count: number) {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const [result] = await store.append([fixture.newEvent([targetId], { handOff: true })]);
    const claim = first(result?.claims ?? []);
    const next = { reason: 'http_422' };
    await store.settle([fixture.settlement(claim, 'dead', { attempt: { statusCode: 422 }, next })]);
    ids.push(claim.delivery.id);
  }
  return ids;
}

/** A step that does nothing. */
export function emptyStep(fixture: Fixture, { job, fence }: ClaimedJob): JobStep {
  return {
    jobId: job.id,
    fence,
    from: job.position,
    to: job.position,
    scanned: 0,
    work: { make: [] },
    waitingFor: null,
    end: null,
    at: fixture.clock.now(),
  };
}

/** The next `limit` events of a job. */
export function scan(store: Store, { job }: ClaimedJob, limit: number, after = job.position) {
  const filter = job.task.kind === 'replay' ? job.task.filter : {};
  return store.scanEvents({
    filter,
    bound: job.bound,
    after,
    limit,
    maxBytes: MUCH,
    withData: false,
  });
}

export function deliveriesFor(
  fixture: Fixture,
  page: Awaited<ReturnType<typeof scan>>,
): ReplayedDelivery[] {
  return page.items.map(({ event }) => ({
    id: fixture.id('dlv'),
    eventId: event.id,
    subscriptionId: null,
    targetId: 'tgt_a',
    orderingKey: null,
  }));
}

/** Makes a delivery to tgt_a of each of the next `limit` events. */
export async function nextStep(
  store: Store,
  fixture: Fixture,
  held: ClaimedJob,
  limit: number,
): Promise<JobStep> {
  const page = await scan(store, held, limit);
  return {
    ...emptyStep(fixture, held),
    to: page.positions.at(-1) ?? held.job.position,
    scanned: page.items.length,
    work: { make: deliveriesFor(fixture, page) },
    end: page.isEnd ? { state: 'completed' } : null,
  };
}

export async function reread(store: Store, held: ClaimedJob): Promise<ClaimedJob> {
  const job = await store.getJob(held.job.id);
  if (!job) throw new Error('The job is gone.');
  return { ...held, job };
}

/** Does steps of `limit` events until the job ends, or `steps` of them; answers the events in their order. */
export async function walk(
  store: Store,
  fixture: Fixture,
  held: ClaimedJob,
  limit: number,
  steps = Infinity,
): Promise<string[]> {
  const order: string[] = [];
  for (let done = 0; done < steps; done += 1) {
    const step = await nextStep(store, fixture, await reread(store, held), limit);
    expect(await store.advanceJob(step)).toMatchObject({ outcome: 'advanced' });
    if ('make' in step.work) order.push(...step.work.make.map(({ eventId }) => eventId));
    if (step.end) break;
  }
  return order;
}

/** Likewise for dead letters; answers their ids in order. */
export async function drain(
  store: Store,
  fixture: Fixture,
  held: ClaimedJob,
  limit: number,
  action: 'retry' | 'discard',
): Promise<string[]> {
  const order: string[] = [];
  const { task, createdAt } = held.job;
  if (task.kind === 'replay') throw new Error('Not a job on dead letters.');
  for (;;) {
    const now = await reread(store, held);
    const after = now.job.position;
    const page = await store.scanDeadLetters({
      filter: task.filter,
      endedBy: createdAt,
      after,
      limit,
    });
    const ids = page.items.map(({ id }) => id);
    order.push(...ids);
    await store.advanceJob({
      ...emptyStep(fixture, now),
      to: page.positions.at(-1) ?? after,
      scanned: ids.length,
      work: action === 'retry' ? { retry: ids } : { discard: ids },
      end: page.isEnd ? { state: 'completed' } : null,
    });
    if (page.isEnd) return order;
  }
}

/** The replay has made `count` deliveries, each of another event. */
export async function expectEachOnce(store: Store, replayId: string, count: number): Promise<void> {
  const { items } = await store.listDeliveries({ replayId: [replayId] }, FIRST_PAGE);
  expect(items).toHaveLength(count);
  expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(count);
}
