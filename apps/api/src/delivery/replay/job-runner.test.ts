import { afterEach, describe, expect, test } from '@jest/globals';

import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Job, JobTask } from '../../store/store.ts';
import { useBench } from '../testing/use-bench.ts';
import { useReplays } from '../testing/use-replays.ts';
import type { JobRunner } from './job-runner.ts';
import { MOST_OPEN } from './run-job.ts';

const use = useBench(openSqliteStore);
const { answering, audit, bench, clock, receiver, stateOf, store, storeWith } = use;
const { patterns, runner, begin, change, until, made, jobOf, preview } = useReplays(use);

const ORIGINAL: JobTask & { kind: 'replay' } = {
  kind: 'replay',
  filter: {},
  destination: { kind: 'original' },
};
const toTarget = (targetId: string): JobTask => ({
  kind: 'replay',
  filter: {},
  destination: { kind: 'target', targetId },
});
const isOver = ({ state }: Job) => state === 'completed';

const started: JobRunner[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});
function start(...settings: Parameters<typeof runner>): JobRunner {
  const one = runner(...settings);
  started.push(one);
  one.start();
  return one;
}

async function eventsOf(replayId: string): Promise<string[]> {
  return (await made(replayId)).map(({ eventId }) => eventId);
}

describe('a replay', () => {
  test('sends each event again under its own id, marked as a replay, and leaves the first deliveries as they are', async () => {
    const { url, received } = await answering();
    const one = bench();
    const [firstId] = await one.accept(await one.addTarget(url, { format: 'standard' }));
    await one.dispatcher.idle();
    const before = await stateOf(firstId);

    const { id } = await begin(ORIGINAL);
    start(one);
    await until(id, isOver);
    await one.dispatcher.idle();

    expect(received.map(({ headers }) => headers['webhook-replay'])).toEqual([undefined, id]);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
    expect(received[1]?.body).toEqual(received[0]?.body);
    const [again] = await made(id);
    expect(again).toMatchObject({ state: 'succeeded', eventId: before.eventId, replayId: id });
    expect(again?.id).not.toBe(firstId);
    expect(await stateOf(firstId)).toEqual(before);
    const { counted, deliveries } = await store().conservation();
    expect(counted.made).toBe(2);
    expect(deliveries.succeeded).toBe(2);
  });

  test('goes straight to a target in the format of that target', async () => {
    const old = await answering();
    const fresh = await answering();
    const one = bench();
    await one.accept(await one.addTarget(old.url, { format: 'standard' }), 2);
    const { targetId } = await one.addTarget(fresh.url, { format: 'data' });
    const { id } = await begin(toTarget(targetId));
    start(one);
    await until(id, isOver);
    await one.dispatcher.idle();
    expect(fresh.received.map(({ body }) => body.toString())).toEqual([
      '{"total":1.0}',
      '{"total":1.0}',
    ]);
    expect((await made(id)).map(({ subscriptionId }) => subscriptionId)).toEqual([null, null]);
  });

  test('goes through each chosen subscription whose pattern matches, and the preview counts the same', async () => {
    const { url } = await answering();
    const one = bench();
    const route = await one.addTarget(url);
    await one.accept(route, 3);
    const other = await one.addTarget(url);
    const third = await one.addTarget(url);
    patterns.set(other.subscriptionId, 'order.created').set(third.subscriptionId, 'order.paid');
    const destination = {
      kind: 'subscriptions',
      subscriptionIds: [other.subscriptionId, third.subscriptionId],
    } as const;
    const task = { ...ORIGINAL, destination };
    expect(await preview(one)(task)).toEqual({
      events: 3,
      deliveries: 3,
      targets: [{ targetId: other.targetId, deliveries: 3 }],
      isComplete: true,
    });
    const { id } = await begin(task);
    start(one);
    await until(id, isOver);
    expect((await made(id)).map(({ subscriptionId }) => subscriptionId)).toEqual(
      Array.from({ length: 3 }, () => other.subscriptionId),
    );
  });

  test('carries the ordering key of each event, in the order of the events', async () => {
    const one = bench();
    const route = await one.addTarget((await answering()).url, {}, { orderingKey: 'subject' });
    await one.accept(route, 5);
    const first = await store().listEvents({}, { limit: 10, cursor: null });
    const { id } = await begin(ORIGINAL);
    start(one);
    await until(id, isOver);
    const order = first.items.reverse();
    expect(await eventsOf(id)).toEqual(order.map((event) => event.id));
    expect((await made(id)).map(({ orderingKey }) => orderingKey)).toEqual(
      order.map(({ subject }) => subject),
    );
  });

  test('keeps to its rate', async () => {
    const one = bench();
    await one.accept(await one.addTarget((await answering()).url), 40);
    const { id } = await begin(ORIGINAL, 8);
    const beganAt = clock().now();
    start(one);
    for (const seconds of [1, 2, 3]) {
      await until(id, () => clock().now() >= beganAt + seconds * 1000);
      expect((await jobOf(id)).made).toBeLessThanOrEqual((seconds + 1) * 8 + 2);
    }
    await until(id, isOver);
    expect(new Set(await eventsOf(id)).size).toBe(40);
    expect(clock().now() - beganAt).toBeGreaterThanOrEqual(3750);
  });

  test('waits for a paused target, says so, and goes on when it is resumed', async () => {
    const one = bench();
    const { targetId } = await one.addTarget((await answering()).url);
    await one.accept({ targetId, subscriptionId: 'sub_x' }, 2);
    one.changeTarget(targetId, { state: 'paused' });
    const { id } = await begin(toTarget(targetId));
    start(one);
    const waiting = await until(id, ({ waitingFor }) => waitingFor !== null);
    expect(waiting).toMatchObject({ waitingFor: 'target_paused', state: 'running', made: 0 });
    one.changeTarget(targetId, { state: 'active' });
    expect(await until(id, isOver)).toMatchObject({ waitingFor: null, made: 2 });
  });

  test('a person can pause, resume and cancel it while it waits', async () => {
    const one = bench();
    const { targetId } = await one.addTarget((await answering()).url);
    await one.accept({ targetId, subscriptionId: 'sub_x' }, 2);
    one.changeTarget(targetId, { state: 'paused' });
    const { id } = await begin(toTarget(targetId));
    start(one);
    await until(id, ({ waitingFor }) => waitingFor !== null);
    await change(id, 'pause');
    one.changeTarget(targetId, { state: 'active' });
    const later = clock().now() + 5000;
    expect(await until(id, () => clock().now() > later)).toMatchObject({
      state: 'paused',
      made: 0,
    });
    await change(id, 'resume');
    await until(id, isOver);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  test('fails, and says why, when its target is deleted', async () => {
    const one = bench();
    const { targetId } = await one.addTarget((await answering()).url);
    await one.accept({ targetId, subscriptionId: 'sub_x' });
    const { id } = await begin(toTarget(targetId));
    one.targets.delete(targetId);
    await store().deleteResource({ kind: 'target', id: targetId, expectedVersion: null }, audit());
    start(one);
    expect(await until(id, ({ state }) => state !== 'running')).toMatchObject({
      state: 'failed',
      failure: `The target ${targetId} was deleted.`,
    });
  });

  test('makes no more than a bounded number of deliveries ahead of the target', async () => {
    const answers: (() => void)[] = [];
    const { url } = await receiver((_received, response) => {
      answers.push(() => response.end());
    });
    const one = bench();
    const route = await one.addTarget(url, { state: 'paused' });
    for (let count = 0; count < 8; count += 1) await one.accept(route, 200);
    const { id } = await begin(ORIGINAL);
    start(one);
    const waiting = await until(id, ({ waitingFor }) => waitingFor !== null);
    expect(waiting.waitingFor).toBe('backlog');
    expect(waiting.made).toBe(MOST_OPEN);
    const reason = { code: 'test', detail: 'Made room.' };
    await store().cancelWaiting({ replayId: id }, reason, clock().now());
    await until(id, isOver);
    expect(new Set(await eventsOf(id)).size).toBe(1600);
  });
});

describe('each event is made once', () => {
  test('when a process stops in the middle and another goes on', async () => {
    const one = bench();
    await one.accept(await one.addTarget((await answering()).url), 30);
    const { id } = await begin(ORIGINAL, 20);
    const first = start(one);
    await until(id, (job) => job.made >= 10);
    await first.stop();
    const { made: before } = await jobOf(id);
    expect(before).toBeLessThan(30);
    start(one);
    await until(id, isOver);
    const events = await eventsOf(id);
    expect(events).toHaveLength(30);
    expect(new Set(events).size).toBe(30);
  });

  test('when the answer of the store is lost after the commit, or it fails before', async () => {
    const one = bench();
    await one.accept(await one.addTarget((await answering()).url), 30);
    let calls = 0;
    const faulty = storeWith({
      async advanceJob(step) {
        calls += 1;
        if (calls === 2) throw new Error('Before the commit.');
        const result = await store().advanceJob(step);
        if (calls === 4) throw new Error('After the commit.');
        return result;
      },
    });
    const { id } = await begin(ORIGINAL, 40);
    start(one, faulty);
    await until(id, isOver);
    const events = await eventsOf(id);
    expect(events).toHaveLength(30);
    expect(new Set(events).size).toBe(30);
    expect(await jobOf(id)).toMatchObject({ scanned: 30, made: 30 });
  });

  test('when two processes look for jobs', async () => {
    const one = bench();
    await one.accept(await one.addTarget((await answering()).url), 30);
    const jobs = [await begin(ORIGINAL, 40), await begin(ORIGINAL, 40)];
    start(one);
    start(one);
    for (const { id } of jobs) {
      await until(id, isOver);
      expect(new Set(await eventsOf(id)).size).toBe(30);
      expect(await eventsOf(id)).toHaveLength(30);
    }
  });
});

describe('work on dead letters', () => {
  test('a retry sends them again and ends, even when they die again', async () => {
    const { url, received } = await answering(...Array.from({ length: 6 }, () => 422));
    const one = bench();
    const ids = await one.accept(await one.addTarget(url), 3);
    await one.dispatcher.idle();
    clock().advance(1);
    const { id } = await begin({ kind: 'retry-dead', filter: { reason: ['http_422'] } });
    start(one);
    expect(await until(id, isOver)).toMatchObject({ scanned: 3, made: 3 });
    await one.dispatcher.idle();
    expect(received).toHaveLength(6);
    expect(received.map(({ headers }) => headers['webhook-replay'])).not.toContain(id);
    for (const one of ids)
      expect(await stateOf(one)).toMatchObject({ state: 'dead', attemptCount: 2, replayId: null });
  });

  test('a discard ends them for good, and keeps to the filter', async () => {
    const { url } = await answering(422, 422);
    const one = bench();
    const route = await one.addTarget(url);
    const ids = await one.accept(route, 2);
    await one.dispatcher.idle();
    clock().advance(1);
    const none = await begin({ kind: 'discard-dead', filter: { reason: ['timeout'] } });
    const all = await begin({ kind: 'discard-dead', filter: { targetId: [route.targetId] } });
    start(one);
    expect(await until(none.id, isOver)).toMatchObject({ made: 0 });
    expect(await until(all.id, isOver)).toMatchObject({ made: 2 });
    for (const id of ids)
      expect(await stateOf(id)).toMatchObject({ state: 'cancelled', reason: 'discarded' });
  });
});
