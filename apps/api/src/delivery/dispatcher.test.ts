import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { SUBSCRIPTION_DELETED, TARGET_DELETED } from '../domain/delivery.ts';
import { newSecret } from './testing/open-bench.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { untilNothingWaits, useBench } from './testing/use-bench.ts';

const { advance, answering, audit, bench, clock, receiver, stateOf, store, storeWith } =
  useBench(openSqliteStore);

describe('a delivery', () => {
  test('arrives once, signed with the new and the old secret, and is kept with its attempt', async () => {
    const { url, received } = await answering();
    const one = bench();
    const secrets = [newSecret(), { ...newSecret(), expiresAt: clock().now() + 1000 }];
    const auth = { type: 'bearer', token: { keyId: 'test', box: 'top' } } as const;
    const [id] = await one.accept(
      await one.addTarget(url, {
        secrets,
        auth,
        headers: { 'X-Team': 'a', 'Webhook-Id': 'forged' },
      }),
    );
    await one.dispatcher.idle();

    expect(received).toHaveLength(1);
    const { headers, body } = received[0] ?? { headers: {}, body: Buffer.alloc(0) };
    const delivery = await stateOf(id);
    for (const { symmetric } of secrets)
      new Webhook(symmetric.box).verify(body, headers as Record<string, string>);
    expect(body.toString()).toBe('{"total":1.0}');
    expect(headers).toMatchObject({
      'webhook-id': delivery.eventId,
      'webhook-attempt': '1',
      'user-agent': 'Signalbox/1.2.3',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      authorization: 'Bearer top',
      'x-team': 'a',
      'content-type': 'application/json',
    });
    expect(delivery).toMatchObject({ state: 'succeeded', attemptCount: 1, reason: null });
    expect(await store().listAttempts(id ?? '')).toMatchObject([
      {
        number: 1,
        statusCode: 200,
        errorKind: null,
        request: {
          method: 'POST',
          url,
          body: null,
          format: 'data',
          headers: { authorization: '[masked]' },
        },
        response: { truncated: false },
      },
    ]);
    expect(one.lines).toMatchObject([
      { message: 'attempt', fields: { deliveryId: id, statusCode: 200, state: 'succeeded' } },
    ]);
  });

  test('is tried again by its schedule, with the same id and a new attempt number', async () => {
    const { url, received } = await answering(500, 503);
    const one = bench();
    const [id] = await one.accept(await one.addTarget(url));
    await one.dispatcher.idle();
    expect(await stateOf(id)).toMatchObject({
      state: 'retrying',
      reason: 'http_500',
      nextAttemptAt: clock().now() + 5000,
    });
    await advance(one, 4999);
    expect(received).toHaveLength(1);
    await advance(one, 1);
    await advance(one, 300_000);
    expect(received.map(({ headers }) => headers['webhook-attempt'])).toEqual(['1', '2', '3']);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await stateOf(id)).toMatchObject({ state: 'succeeded', attemptCount: 3 });
  });

  test('is a dead letter with the last reason when its schedule is used up', async () => {
    const { url } = await answering(500, 500, 502);
    const one = bench();
    const [id] = await one.accept(await one.addTarget(url));
    await one.dispatcher.idle();
    await advance(one, 5000);
    await advance(one, 300_000);
    expect(await stateOf(id)).toMatchObject({
      state: 'dead',
      reason: 'http_502',
      reasonDetail: 'The target answered 502. All 3 tries are used.',
    });
  });

  test('that found no room is claimed from the store', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, { maxConcurrency: 2 });
    await one.accept(route, 1000);
    await one.dispatcher.idle();
    await advance(one, 100);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1000);
    expect(received).toHaveLength(1000);
  });

  test('of another process is found within a second', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url);
    await one.dispatcher.idle();
    // The other process's lanes know no such target, so that its delivery is born pending.
    const [id] = await bench().accept(route);
    expect(await stateOf(id)).toMatchObject({ state: 'pending' });
    await advance(one, 1000);
    expect(received).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ state: 'succeeded' });
  });
});

describe('the quiet path', () => {
  test('claims nothing from the store', async () => {
    let claims = 0;
    const { url, received } = await answering();
    const storeForDispatcher = storeWith({
      claim(request) {
        claims += 1;
        return store().claim(request);
      },
    });
    const one = bench({ storeForDispatcher });
    const route = await one.addTarget(url);
    await one.dispatcher.idle();
    claims = 0;
    for (let count = 0; count < 50; count += 1) await one.accept(route);
    await one.dispatcher.idle();
    await advance(one, 1000);
    await advance(one, 1000);
    expect(received).toHaveLength(50);
    expect(claims).toBe(0);
  });
});

describe('a hanging target', () => {
  test('slows no other, and stop gives its leases back', async () => {
    const hanging = await receiver(() => undefined);
    const healthy = await answering();
    const one = bench();
    const slow = await one.addTarget(hanging.url, { timeoutMs: 60_000, maxConcurrency: 2 });
    const fast = await one.addTarget(healthy.url);
    const stuck = await one.accept(slow, 100);
    for (let round = 0; round < 5; round += 1) await one.accept(fast, 20);
    await healthy.got(100);
    expect(hanging.received.length).toBeLessThanOrEqual(2);

    const stopped = one.dispatcher.stop({ deadlineMs: 1000 });
    await hanging.got(2);
    await untilNothingWaits(one);
    clock().advance(1000);
    await stopped;
    expect(new Set((await Promise.all(stuck.map(stateOf))).map(({ state }) => state))).toEqual(
      new Set(['pending']),
    );
    expect(one.dispatcher.reserve(fast.targetId)).toBe(false);
  });
});

describe('a target', () => {
  test('that is gone cancels what waits for it, for the same reason as whoever deletes it', async () => {
    let answer = () => {};
    const slow = await receiver((_received, response) => (answer = () => response.end()));
    const one = bench();
    const route = await one.addTarget(slow.url, { maxConcurrency: 1 });
    const [, waiting] = await one.accept(route, 2);
    await slow.got(1);
    one.targets.delete(route.targetId);
    await store().deleteResource(
      { kind: 'target', id: route.targetId, expectedVersion: null },
      audit(),
    );
    one.dispatcher.wake();
    answer();
    await one.dispatcher.idle();
    expect(await stateOf(waiting)).toMatchObject({
      state: 'cancelled',
      reason: TARGET_DELETED.code,
      reasonDetail: TARGET_DELETED.detail,
    });
  });
});

describe('a subscription', () => {
  test('that is gone cancels its deliveries', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url);
    one.subscriptions.delete(route.subscriptionId);
    await store().deleteResource(
      { kind: 'subscription', id: route.subscriptionId, expectedVersion: null },
      audit(),
    );
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(received).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      state: 'cancelled',
      reason: SUBSCRIPTION_DELETED.code,
      reasonDetail: SUBSCRIPTION_DELETED.detail,
    });
  });

  test('that this process does not know yet is looked up, not taken for gone', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url);
    one.subscriptions.delete(route.subscriptionId);
    await one.accept(route);
    await one.dispatcher.idle();
    expect(received).toHaveLength(1);
  });

  test('that is paused makes its deliveries wait', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, {}, { state: 'paused' });
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(received).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      state: 'retrying',
      attemptCount: 0,
      reason: 'subscription_paused',
    });
    const subscription = one.subscriptions.get(route.subscriptionId);
    if (subscription)
      one.subscriptions.set(subscription.id, {
        ...subscription,
        body: { ...subscription.body, state: 'active' },
      });
    await advance(one, 30_000);
    expect(received).toHaveLength(1);
  });
});

describe('a transform', () => {
  const jsonata = (body: string, path?: string) => ({
    transform: {
      language: 'jsonata',
      body,
      headers: { 'X-Kind': '"k"' },
      ...(path ? { path } : {}),
    } as const,
  });

  test('gives the body, headers and path that are sent and kept', async () => {
    const { url, received } = await answering();
    const one = bench();
    const route = await one.addTarget(url, {}, jsonata('{"sum": data.total + 1}', '"/orders/7"'));
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(received).toMatchObject([{ url: '/hook/orders/7', headers: { 'x-kind': 'k' } }]);
    expect(received[0]?.body.toString()).toBe('{"sum":2}');
    const [attempt] = await store().listAttempts(id ?? '');
    expect(attempt?.request).toMatchObject({ url: `${url}/orders/7`, format: null });
    expect(Buffer.from(attempt?.request?.body ?? []).toString()).toBe('{"sum":2}');
  });

  test('that fails makes a dead letter with message and position, and no request', async () => {
    const { url, received } = await answering();
    const one = bench();
    const [id] = await one.accept(await one.addTarget(url, {}, jsonata('data.total + "x"')));
    await one.dispatcher.idle();
    expect(received).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      state: 'dead',
      reason: 'transform_failed',
      reasonDetail: expect.stringMatching(/. \(at position \d+\)$/),
    });
    expect(await store().listAttempts(id ?? '')).toMatchObject([
      { errorKind: 'transform_failed', request: null, response: null },
    ]);
  });

  test('without a result cancels', async () => {
    const { url, received } = await answering();
    const one = bench();
    const [id] = await one.accept(await one.addTarget(url, {}, jsonata('data.nothing')));
    await one.dispatcher.idle();
    expect(received).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      state: 'cancelled',
      reason: 'no_result',
      attemptCount: 0,
    });
  });

  test('whose path leads out of the target makes a dead letter', async () => {
    const { url, received } = await answering();
    const one = bench();
    const [id] = await one.accept(await one.addTarget(url, {}, jsonata('data', '"/../admin"')));
    await one.dispatcher.idle();
    expect(received).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      state: 'dead',
      reason: 'transform_failed',
      reasonDetail: 'The path "/../admin" leads out of the target\'s URL.',
    });
  });
});
