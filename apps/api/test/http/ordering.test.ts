import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Delivery {
  id: string;
  state: string;
  orderingKey: string | null;
  waitsFor: string | null;
  nextAttemptAt: string | null;
}

let app: TestApp;
let receiver: Server;
let accepts = true;
let targetId = '';
beforeAll(async () => {
  app = await startTestApp({ settings: { ALLOW_TARGET_CIDRS: '127.0.0.0/8' } });
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(accepts ? 200 : 422).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const target = { name: 'ordered', url: `http://127.0.0.1:${port}/hook` };
  targetId = (await app.create('/v1/targets', target))['id'] ?? '';
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  receiver.close();
});

let made = 0;
async function subscribe(body: object): Promise<string> {
  made += 1;
  const type = `ordered.${made}`;
  const subscription = { name: type, targetId, pattern: { type: [type] }, ...body };
  await app.create('/v1/subscriptions', subscription);
  return type;
}

/** Sends one event and answers its delivery's id. */
async function send(type: string, data: object): Promise<string> {
  const { body } = await app.send().send({ type, data });
  const [delivery] = await deliveries(`eventId=${(body as { id: string }).id}`);
  if (!delivery) throw new Error(`no delivery was made of ${type}`);
  return delivery.id;
}

async function deliveries(query: string): Promise<Delivery[]> {
  const { body } = await app.as('viewer', 'get', `/v1/deliveries?${query}`);
  return (body as { data: Delivery[] }).data;
}

async function find(id: string): Promise<Delivery> {
  return (await app.as('viewer', 'get', `/v1/deliveries/${id}`)).body as Delivery;
}

async function until(id: string, state: string): Promise<void> {
  await waitUntil(
    () => `${id} is not ${state}`,
    5000,
    async () => (await find(id)).state === state,
  );
}

describe('a subscription with an ordering key', () => {
  test('is created, read and changed with it; without one deliveries are unordered', async () => {
    const body = { name: 'keys', targetId, pattern: { type: ['none'] } };
    const plain = await app.as('admin', 'post', '/v1/subscriptions').send(body);
    expect(plain.body).toMatchObject({ orderingKey: null, onDeadLetter: 'skip' });
    const path = `/v1/subscriptions/${(plain.body as { id: string }).id}`;
    const ordered = { orderingKey: '/data/order/id', onDeadLetter: 'block' };
    const etag = String(plain.headers['etag']);
    const changed = await app.as('admin', 'patch', path).set('if-match', etag).send(ordered);
    expect(changed.body).toMatchObject(ordered);
    expect((await app.as('viewer', 'get', path)).body).toMatchObject(ordered);
  });
  test.each(['', 'Subject', 'data.order', '/data/~2', `/${'x'.repeat(200)}`])(
    'is refused where the key is %p, neither an attribute nor a pointer',
    async (orderingKey) => {
      const body = { name: 'bad', targetId, pattern: { type: ['none'] }, orderingKey };
      const response = await app.as('admin', 'post', '/v1/subscriptions').send(body);
      expect(response.status).toBe(400);
      expect((response.body as ProblemBody).errors).toMatchObject([{ pointer: '/orderingKey' }]);
    },
  );
});

describe('ordered deliveries', () => {
  test('carry their key, and are found by it', async () => {
    const type = await subscribe({ orderingKey: '/data/order' });
    const first = await send(type, { order: 'found' });
    const second = await send(type, { order: 'found' });
    await send(type, { order: 'other' });
    const unordered = await send(type, {});
    expect((await deliveries('orderingKey=found')).map(({ id }) => id)).toEqual([second, first]);
    expect(await find(first)).toMatchObject({ orderingKey: 'found' });
    expect(await find(unordered)).toMatchObject({ orderingKey: null, waitsFor: null });
  });
  test('behind a dead letter that blocks say so, and go on when it is retried', async () => {
    accepts = false;
    const type = await subscribe({ orderingKey: '/data/order', onDeadLetter: 'block' });
    const dead = await send(type, { order: 7 });
    await until(dead, 'dead');
    const waiting = await send(type, { order: 7 });
    expect(await find(waiting)).toMatchObject({
      state: 'pending',
      orderingKey: '7',
      waitsFor: dead,
      nextAttemptAt: null,
    });
    accepts = true;
    await app.as('operator', 'post', `/v1/deliveries/${dead}/retry`);
    await until(waiting, 'succeeded');
    expect(await find(dead)).toMatchObject({ state: 'succeeded' });
  });
  test('go on when the dead letter is cancelled, and when the subscription skips from now on', async () => {
    accepts = false;
    const type = await subscribe({ orderingKey: '/data/order', onDeadLetter: 'block' });
    const cancelled = await send(type, { order: 8 });
    await until(cancelled, 'dead');
    const second = await send(type, { order: 8 });
    const third = await send(type, { order: 8 });
    await app.as('operator', 'post', `/v1/deliveries/${cancelled}/cancel`);
    await until(second, 'dead');
    accepts = true;
    expect(await find(third)).toMatchObject({ state: 'pending', waitsFor: second });
    const { body } = await app.as('admin', 'get', `/v1/subscriptions?targetId=${targetId}`);
    const found = (body as { data: { id: string; name: string }[] }).data.find(
      ({ name }) => name === type,
    );
    await app
      .as('admin', 'patch', `/v1/subscriptions/${found?.id ?? ''}`)
      .set('if-match', '*')
      .send({ onDeadLetter: 'skip' });
    await until(third, 'succeeded');
  });
});
