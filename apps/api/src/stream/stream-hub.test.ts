import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Claim, Store } from '../store/store.ts';
import { createReader, names, newEvent, prepareStream } from './fixture-for-tests.ts';

const stream = prepareStream((file) =>
  openSqliteStore({
    file,
    clock: systemClock,
    process: { id: 'prc_1', pid: process.pid, host: 'test' },
  }),
);
const { createHub, post } = stream;

async function succeed(claim: Claim): Promise<void> {
  const next = {
    state: 'succeeded',
    nextAttemptAt: null,
    reason: null,
    reasonDetail: null,
  } as const;
  const at = systemClock.now();
  const { fence, delivery } = claim;
  await stream.store.settle([{ deliveryId: delivery.id, fence, attempt: null, next, at }]);
}

describe('a live stream', () => {
  test('tells an accepted event and its delivery as they change, without the payload', async () => {
    const reader = createReader();
    await reader.open(createHub(systemClock));
    const [result] = await stream.store.append([newEvent('one', 'order.created', 'tgt_1')]);
    await reader.until(() => reader.named('delivery.updated').length > 0);
    expect(reader.named('event.accepted')).toMatchObject([
      { data: { eventId: 'one', type: 'order.created', status: 'routed' } },
    ]);
    expect(reader.chunks.join('')).not.toContain('secret');
    expect(reader.named('delivery.updated')).toMatchObject([
      { data: { targetId: 'tgt_1', state: 'delivering' } },
    ]);
    const claim = result?.claims[0];
    if (!claim) throw new Error('no claim');
    await succeed(claim);
    await reader.until(() => reader.named('delivery.updated').length > 1);
    expect(reader.named('delivery.updated')[1]?.data).toMatchObject({ state: 'succeeded' });
  });

  test('two streams with different filters each get their own', async () => {
    const hub = createHub(systemClock);
    const [orders, targets, all] = [createReader(), createReader(), createReader()];
    await orders.open(hub, { filter: { type: ['order.created'] } });
    await targets.open(hub, { topics: ['delivery.updated'], filter: { targetId: ['b'] } });
    await all.open(hub);
    await stream.store.append([
      newEvent('one', 'order.created', 'a'),
      newEvent('two', 'order.paid', 'b'),
      newEvent('three', 'order.created', 'b'),
    ]);
    await all.until(() => all.messages.length >= 6);
    await targets.until(() => targets.messages.length >= 2);
    await orders.until(() => orders.messages.length >= 4);
    expect(orders.eventIds()).toEqual(['one', 'three']);
    expect(orders.named('delivery.updated').map(({ data }) => data['eventType'])).toEqual([
      'order.created',
      'order.created',
    ]);
    expect(targets.eventIds()).toEqual([]);
    expect(targets.messages.map(({ data }) => data['targetId'])).toEqual(['b', 'b']);
    expect(all.eventIds()).toEqual(['one', 'two', 'three']);
  });

  test('streams that ask for the same share the very same text', async () => {
    const hub = createHub(systemClock);
    const [one, two] = [createReader(), createReader()];
    await one.open(hub, { filter: { type: ['a', 'b'] } });
    await two.open(hub, { filter: { type: ['b', 'a'], state: [] } });
    await stream.store.append([newEvent('x', 'a'), newEvent('y', 'b')]);
    await one.until(() => one.messages.length === 2);
    await two.until(() => two.messages.length === 2);
    expect(two.chunks).toEqual(one.chunks);
  });

  test('what another process commits arrives too', async () => {
    const reader = createReader();
    await reader.open(createHub(systemClock));
    const other = await openSqliteStore({
      file: stream.file,
      clock: systemClock,
      process: { id: 'prc_2', pid: process.pid, host: 'test' },
    });
    await other.append([newEvent('elsewhere')]);
    await reader.until(() => reader.eventIds().length === 1);
    await other.close();
  });

  test('the change feed is read only while somebody listens', async () => {
    const calls: string[] = [];
    const counting = {
      ...stream.store,
      changes: (input: Parameters<Store['changes']>[0]) => {
        calls.push(input.after);
        return stream.store.changes(input);
      },
    };
    const hub = createHub(systemClock, { store: counting });
    await post('before');
    expect(calls).toEqual([]);
    const reader = createReader();
    await reader.open(hub);
    await post('during');
    await reader.until(() => reader.eventIds().length === 1);
    reader.leave();
    expect(hub.size()).toBe(0);
    const before = calls.length;
    await post('after');
    await stream.store.ping();
    expect(calls.length).toBe(before);
  });

  test('many commits are read together', async () => {
    const clock = new FakeClock();
    let reads = 0;
    const counting = {
      ...stream.store,
      changes: (input: Parameters<Store['changes']>[0]) => {
        reads += 1;
        return stream.store.changes(input);
      },
    };
    const reader = createReader();
    await reader.open(createHub(clock, { store: counting }));
    for (const name of names(20)) await post(name);
    await stream.store.ping();
    expect(reads).toBeLessThanOrEqual(1);
    clock.advance(60);
    await reader.until(() => reader.eventIds().length === 20);
    expect(reads).toBeLessThanOrEqual(3);
  });
});

describe('stats', () => {
  test('come every second with exact rates and the open figures', async () => {
    const clock = new FakeClock(systemClock.now());
    const reader = createReader();
    await stream.store.append(names(60).map((name) => newEvent(`early-${name}`)));
    await reader.open(createHub(clock), { topics: ['stats'] });
    clock.advance(1000);
    await reader.until(() => reader.messages.length === 1);
    // Nobody has watched so far: the mean of one to two minutes.
    expect(reader.messages[0]?.data['eventsPerSecond']).toBeGreaterThanOrEqual(60 / 122);
    expect(reader.messages[0]?.data).toMatchObject({ backlog: 0 });
    const results = await stream.store.append(
      names(30).map((name) => newEvent(name, 'x', 'tgt_1')),
    );
    for (const { claims } of results.slice(0, 12)) for (const claim of claims) await succeed(claim);
    clock.advance(1000);
    await reader.until(() => reader.messages.length === 2);
    expect(reader.messages[1]).toMatchObject({
      event: 'stats',
      data: {
        eventsPerSecond: 30,
        deliveriesPerSecond: 12,
        backlog: 18,
        deadLetters: 0,
        leftOut: 0,
      },
    });
    expect(reader.named('event.accepted')).toEqual([]);
  });
});

describe('the end', () => {
  test('close ends every stream with a last message', async () => {
    const hub = createHub(systemClock);
    const readers = [createReader(), createReader()];
    for (const reader of readers) await reader.open(hub);
    hub.close();
    for (const reader of readers) {
      expect(reader.hasEnded()).toBe(true);
      expect(reader.messages.at(-1)).toMatchObject({
        event: 'closing',
        data: { reason: 'shutdown' },
      });
    }
    expect(hub.size()).toBe(0);
    const late = createReader();
    await late.open(hub);
    expect(late.hasEnded()).toBe(true);
    expect(late.named('closing')).toMatchObject([{ data: { reason: 'shutdown' } }]);
  });

  test('a reader that is no longer welcome is signed out within a second', async () => {
    const clock = new FakeClock();
    let isWelcome = true;
    const reader = createReader();
    await reader.open(createHub(clock), { isWelcome: () => isWelcome });
    clock.advance(1000);
    expect(reader.hasEnded()).toBe(false);
    isWelcome = false;
    clock.advance(1000);
    expect(reader.messages.at(-1)).toMatchObject({
      event: 'closing',
      data: { reason: 'signed_out' },
    });
    expect(reader.hasEnded()).toBe(true);
  });

  test('more streams than the bound are refused', async () => {
    const hub = createHub(systemClock, { maxConnections: 1 });
    await createReader().open(hub);
    const second = createReader();
    await second.open(hub);
    expect(second.hasEnded()).toBe(true);
    expect(second.named('closing')).toMatchObject([{ data: { reason: 'too_many_streams' } }]);
    expect(hub.size()).toBe(1);
  });

  test('a stream that cannot read the store ends, and says so', async () => {
    const broken = { ...stream.store, changePosition: () => Promise.reject(new Error('gone')) };
    const reader = createReader();
    await reader.open(createHub(systemClock, { store: broken }));
    expect(reader.hasEnded()).toBe(true);
    expect(reader.named('closing')).toMatchObject([{ data: { reason: 'interrupted' } }]);
    expect(stream.errors.splice(0)).toHaveLength(1);
  });

  test('a quiet stream is kept awake by a comment every fifteen seconds', async () => {
    const clock = new FakeClock();
    const reader = createReader();
    await reader.open(createHub(clock), { topics: ['event.accepted'] });
    const before = reader.chunks.length;
    for (let second = 0; second < 15; second += 1) clock.advance(1000);
    expect(reader.chunks.slice(before)).toEqual([': still here\n\n']);
    await stream.store.ping();
  });
});
