import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { turn, untilInFlightIs, useBench } from './testing/use-bench.ts';

const { advance, answering, bench, clock, receiver, stateOf } = useBench(openSqliteStore);

describe('a target', () => {
  test('that answers 410 is disabled, and what waits stays in the store', async () => {
    const { url, received } = await answering(410);
    const one = bench();
    const route = await one.addTarget(url, { maxConcurrency: 1 });
    const [first, ...others] = await one.accept(route, 5);
    await one.dispatcher.idle();
    expect(received).toHaveLength(1);
    expect(await stateOf(first)).toMatchObject({ state: 'dead', reason: 'gone' });
    expect((await Promise.all(others.map(stateOf))).map(({ state }) => state)).toEqual(
      Array(4).fill('pending'),
    );
    expect(one.disabled).toHaveLength(1);
    expect(one.alerts).toMatchObject([{ code: 'target_gone', deliveryId: first }]);
    expect(one.dispatcher.lanes()).toMatchObject([{ blockedBy: 'disabled' }]);

    one.changeTarget(route.targetId, { state: 'active' });
    one.dispatcher.wake(route.targetId);
    await one.dispatcher.idle();
    expect(received).toHaveLength(5);
  });

  test('is tried again on time, also between two polls', async () => {
    const { url, received } = await answering(500);
    const one = bench();
    const retry = { scheduleSeconds: [0.3], finalCodes: [] };
    await one.accept(await one.addTarget(url, { retry }));
    await one.dispatcher.idle();
    await advance(one, 300);
    expect(received).toHaveLength(2);
  });

  test('has as much room after reservations were given back or used as before', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, { maxConcurrency: 1 });
    let room = 0;
    while (one.dispatcher.reserve(route.targetId)) room += 1;
    for (let count = 0; count < room; count += 1) one.dispatcher.release(route.targetId);
    expect(room).toBeGreaterThan(1);
    await one.dispatcher.idle();
    await advance(one, 100);
    for (let count = 0; count < room; count += 1) {
      await one.accept(route);
      await one.dispatcher.idle();
    }
    expect(received).toHaveLength(room);
    let again = 0;
    while (one.dispatcher.reserve(route.targetId)) again += 1;
    expect(again).toBeGreaterThanOrEqual(2);
  });

  test('that is paused gets nothing until it is resumed', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, { state: 'paused' });
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    await advance(one, 5000);
    expect(await stateOf(id)).toMatchObject({ state: 'pending' });
    one.changeTarget(route.targetId, { state: 'active' });
    one.dispatcher.wake(route.targetId);
    await one.dispatcher.idle();
    expect(received).toHaveLength(1);
  });

  test('that says Retry-After is left alone until then', async () => {
    let isBusy = true;
    const { url, received } = await receiver((_received, response) => {
      if (isBusy) response.writeHead(429, { 'retry-after': '60' });
      response.end();
    });
    const one = bench();
    const route = await one.addTarget(url);
    await one.accept(route);
    await one.dispatcher.idle();
    isBusy = false;
    await one.accept(route, 3);
    await one.dispatcher.idle();
    await advance(one, 59_000);
    expect(received).toHaveLength(1);
    expect(one.dispatcher.lanes()).toMatchObject([{ blockedBy: 'told_to_wait' }]);
    await advance(one, 1000);
    expect(received).toHaveLength(5);
  });

  test('that says Retry-After is sent what waits at once when somebody changes it', async () => {
    const { url: old } = await receiver((_received, response) => {
      response.writeHead(503, { 'retry-after': '3600' }).end();
    });
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(old);
    await one.accept(route);
    await one.dispatcher.idle();
    await one.accept(route, 3);
    await one.dispatcher.idle();
    expect(received).toHaveLength(0);
    one.changeTarget(route.targetId, { url });
    one.dispatcher.wake();
    await one.dispatcher.idle();
    expect(received).toHaveLength(3);
  });

  test('is not told anything by answers to what left before it was changed', async () => {
    const held: ServerResponse[] = [];
    const target = await receiver((_received, response) => held.push(response));
    const one = bench();
    const route = await one.addTarget(target.url);
    await one.accept(route, 20);
    await target.got(20);
    one.changeTarget(route.targetId, { name: 'changed' });
    held.pop()?.writeHead(410).end();
    for (const response of held) response.writeHead(503, { 'retry-after': '3600' }).end();
    await one.dispatcher.idle();
    expect(one.dispatcher.lanes()).toMatchObject([{ blockedBy: null, breaker: 'closed' }]);
    expect(one.disabled).toEqual([]);
  });

  test('is kept to its rate', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, { ratePerSecond: 10 });
    await one.accept(route, 30);
    await untilInFlightIs(one, 0);
    expect(one.dispatcher.lanes()).toMatchObject([{ inFlight: 0, waiting: 20 }]);
    for (let step = 0; step < 20; step += 1) {
      clock().advance(100);
      await untilInFlightIs(one, 0);
    }
    await one.dispatcher.idle();
    expect(received).toHaveLength(30);
  });

  test('gets from one of two processes half of what it allows', async () => {
    const held: ServerResponse[] = [];
    const target = await receiver((_received, response) => held.push(response));
    const shares = [0, 1].map((index) => bench({ share: { processes: 2, index } }));
    for (const one of shares)
      await one.accept(await one.addTarget(target.url, { maxConcurrency: 5 }), 10);
    await target.got(5);
    expect(shares.map((one) => one.dispatcher.lanes()[0]?.inFlight)).toEqual([3, 2]);
    for (const response of held) response.end();
  });

  test('that fails too often is left alone, then probed, then served again', async () => {
    let isDown = true;
    const { url, received } = await receiver((_received, response) => {
      response.statusCode = isDown ? 500 : 200;
      response.end();
    });
    const one = bench();
    const route = await one.addTarget(url, {
      retry: { scheduleSeconds: [1, 1, 1, 1], finalCodes: [] },
    });
    await one.accept(route, 20);
    await one.dispatcher.idle();
    expect(one.dispatcher.lanes()).toMatchObject([{ breaker: 'open', blockedBy: 'breaker_open' }]);
    expect(one.dispatcher.reserve(route.targetId)).toBe(false);
    await advance(one, 29_000);
    expect(received).toHaveLength(20);
    await advance(one, 1000);
    expect(received).toHaveLength(21);
    expect(one.dispatcher.lanes()).toMatchObject([{ breaker: 'open' }]);
    isDown = false;
    await advance(one, 60_000);
    await advance(one, 1000);
    expect(received).toHaveLength(41);
    expect(one.dispatcher.lanes()).toMatchObject([{ breaker: 'closed', blockedBy: null }]);
  });

  test('that fails too often is served at once when somebody changes it', async () => {
    const { url: broken } = await receiver((_received, response) => {
      response.writeHead(500).end();
    });
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(broken);
    await one.accept(route, 20);
    await one.dispatcher.idle();
    await one.accept(route, 5);
    await one.dispatcher.idle();
    expect(one.dispatcher.lanes()).toMatchObject([{ blockedBy: 'breaker_open' }]);
    one.changeTarget(route.targetId, { url });
    expect(one.dispatcher.lanes()).toMatchObject([{ blockedBy: null, breaker: 'closed' }]);
    one.dispatcher.wake();
    await one.dispatcher.idle();
    expect(received).toHaveLength(5);
  });

  test('that failed every attempt for five days is disabled', async () => {
    const { url } = await answering(...Array<number>(50).fill(500));
    const one = bench();
    const day = 24 * 3600;
    const retry = { scheduleSeconds: [day, day, day, day, day, day, day], finalCodes: [] };
    const route = await one.addTarget(url, { retry });
    await one.accept(route);
    await one.dispatcher.idle();
    for (let days = 1; days <= 4; days += 1) await advance(one, day * 1000);
    expect(one.disabled).toEqual([]);
    await advance(one, day * 1000);
    await advance(one, day * 1000);
    while (one.disabled.length === 0) await turn();
    expect(one.disabled).toMatchObject([{ targetId: route.targetId }]);
    expect(one.alerts).toMatchObject([{ code: 'target_failing' }]);
  });
});
