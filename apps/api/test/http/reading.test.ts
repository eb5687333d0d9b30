import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

type Item = Record<string, unknown>;

let app: TestApp;
let receiver: Server;
let accepts = false;
let targetId = '';
let subscriptionId = '';
beforeAll(async () => {
  app = await startTestApp();
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(accepts ? 200 : 422, { 'content-type': 'text/plain' }).end('as told');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const target = { name: 'receiver', url: `http://127.0.0.1:${port}/hook` };
  targetId =
    (await app.create('/v1/targets', { ...target, auth: { type: 'bearer', token: 'hidden' } }))[
      'id'
    ] ?? '';
  const subscription = { name: 'orders', targetId, pattern: { type: ['order.created'] } };
  subscriptionId = (await app.create('/v1/subscriptions', subscription))['id'] ?? '';
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  receiver.close();
});

const get = async (path: string): Promise<Item> => {
  const { status, body, text } = await app.as('viewer', 'get', path);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return body as Item;
};
const listed = async (path: string) => (await get(path))['data'] as Item[];

/** Sends an order and waits until its delivery has that state. */
async function order(
  state: string,
  data: object = {},
): Promise<{ eventId: string; delivery: Item }> {
  const { body } = await app.send().send({ type: 'order.created', subject: 'A-1', data });
  const { id: eventId } = body as { id: string };
  let delivery: Item = {};
  await waitUntil(
    () => `the delivery is ${String(delivery['state'])}`,
    5000,
    async () => {
      delivery = (await listed(`/v1/events/${eventId}/deliveries`))[0] ?? {};
      return delivery['state'] === state;
    },
  );
  return { eventId, delivery };
}

describe('a delivery that failed', () => {
  let eventId = '';
  let delivery: Item = {};
  beforeAll(async () => {
    accepts = false;
    ({ eventId, delivery } = await order('dead', { note: 'needle in the haystack' }));
  });

  test('is a dead letter with its reason', async () => {
    expect(delivery).toMatchObject({
      reason: 'http_422',
      lastStatusCode: 422,
      attemptCount: 1,
      targetId,
    });
    const letters = await listed(`/v1/dead-letters?targetId=${targetId}`);
    expect(letters.map(({ id }) => id)).toContain(delivery['id']);
    const [group] = await listed('/v1/dead-letters/groups');
    expect(group).toMatchObject({ targetId, reason: 'http_422' });
  });

  test('shows its attempt as it was sent, with secrets masked', async () => {
    const [attempt] = await listed(`/v1/deliveries/${String(delivery['id'])}/attempts`);
    expect(attempt).toMatchObject({
      number: 1,
      statusCode: 422,
      request: { method: 'POST', bodyEncoding: 'utf8' },
      response: { body: 'as told', truncated: false },
    });
    expect(JSON.stringify(attempt)).not.toContain('hidden');
    const { body } = attempt?.['request'] as { body: string };
    expect(JSON.parse(body)).toMatchObject({
      type: 'order.created',
      data: { note: 'needle in the haystack' },
    });
    expect(await get(`/v1/attempts/${String(attempt?.['id'])}`)).toEqual(attempt);
  });

  test('is found by each filter, and left out by the opposite', async () => {
    const isListed = async (query: string) =>
      (await listed(`/v1/deliveries?${query}`)).some(({ id }) => id === delivery['id']);
    for (const query of [
      'state=dead',
      'state=dead&state=pending',
      `eventId=${eventId}`,
      `targetId=${targetId}`,
      `subscriptionId=${subscriptionId}`,
      `sourceId=${app.source.id}`,
      'type=order.created',
      'reason=http_422',
      'codeClass=4xx',
      'createdAfter=2000-01-01T00:00:00Z',
    ])
      expect([query, await isListed(query)]).toEqual([query, true]);
    for (const query of [
      'state=succeeded',
      'codeClass=5xx',
      'type=other',
      'createdBefore=2000-01-01T00:00:00Z',
    ])
      expect([query, await isListed(query)]).toEqual([query, false]);
  });

  test('is sent again by an operator, and the change is in the audit log', async () => {
    accepts = true;
    const id = String(delivery['id']);
    const retried = await app.as('operator', 'post', `/v1/deliveries/${id}/retry`);
    expect(retried.status).toBe(200);
    await waitUntil(
      () => 'the retry did not succeed',
      5000,
      async () => (await get(`/v1/deliveries/${id}`))['state'] === 'succeeded',
    );
    const again = await app.as('operator', 'post', `/v1/deliveries/${id}/retry`);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'conflict' });
    expect((await app.as('operator', 'post', `/v1/deliveries/${id}/cancel`)).status).toBe(409);
    const { body } = await app.as('admin', 'get', `/v1/audit-log?subjectId=${id}`);
    expect((body as { data: Item[] }).data).toMatchObject([{ action: 'delivery.retried' }]);
  });
});

describe('the deliveries of a filter', () => {
  const work = async (action: string, body: object) => {
    const answer = await app.as('operator', 'post', `/v1/deliveries/${action}`).send(body);
    expect(answer.status).toBe(200);
    return answer.body as { done: number; passedOver: number; nextCursor: string | null };
  };

  test('are cancelled and retried at once; others and those of another state stay as they are', async () => {
    accepts = false;
    const dead = [await order('dead'), await order('dead')].map(({ delivery }) => delivery['id']);
    const filter = { targetId: [targetId], reason: ['http_422'] };
    expect(await work('cancel', { filter: { ...filter, type: ['none'] } })).toMatchObject({
      done: 0,
    });
    expect(await work('cancel', { filter })).toEqual({ done: 2, passedOver: 0, nextCursor: null });
    accepts = true;
    const all = { filter: { targetId: [targetId] } };
    expect(await work('retry', all)).toEqual({ done: 2, passedOver: 1, nextCursor: null });
    for (const id of dead) {
      await waitUntil(
        () => 'a retry did not succeed',
        5000,
        async () => (await get(`/v1/deliveries/${String(id)}`))['state'] === 'succeeded',
      );
      const { body } = await app.as('admin', 'get', `/v1/audit-log?subjectId=${String(id)}`);
      expect((body as { data: Item[] }).data.map(({ action }) => action)).toEqual([
        'delivery.retried',
        'delivery.cancelled',
      ]);
    }
  });
});

describe('events', () => {
  test('are found by words of their payload, and lists leave the payload out unless asked', async () => {
    const [found] = await listed('/v1/events?q=needle%20haystack');
    expect(found).toMatchObject({ type: 'order.created', subject: 'A-1' });
    expect(found).not.toHaveProperty('data');
    const [full] = await listed('/v1/events?q=needle&include=data');
    expect(full).toMatchObject({ data: { note: 'needle in the haystack' } });
    expect(await listed('/v1/events?q=needle%20absent')).toEqual([]);
    expect(await listed('/v1/events?type=order.created&status=unmatched')).toEqual([]);
  });

  test('page by page come all, newest first, and a cursor fits its own list only', async () => {
    for (let count = 0; count < 5; count += 1)
      await app.send().send({ type: 'paged', data: count }).expect(202);
    const ids: unknown[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Item = await get(`/v1/events?type=paged&limit=2${query}`);
      expect(page).not.toHaveProperty('total');
      ids.push(...(page['data'] as Item[]).map(({ id }) => id));
      cursor = page['nextCursor'] as string | null;
    } while (cursor !== null);
    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...ids].sort().reverse());
    const { nextCursor } = (await get('/v1/events?type=paged&limit=2')) as { nextCursor: string };
    const foreign = await app.as('viewer', 'get', `/v1/deliveries?limit=2&cursor=${nextCursor}`);
    expect(foreign.status).toBe(400);
    expect(foreign.body).toMatchObject({ code: 'invalid_cursor' });
  });

  test('are explained against every subscription', async () => {
    const { body } = await app.send().send({ type: 'order.cancelled', data: {} });
    const { id } = body as { id: string };
    const { subscriptions } = (await get(`/v1/events/${id}/explain`)) as { subscriptions: Item[] };
    expect(subscriptions).toEqual([
      {
        subscriptionId,
        subscriptionName: 'orders',
        targetId,
        state: 'active',
        matched: false,
        failures: [
          {
            pointer: '/type',
            operator: 'equals',
            expected: 'order.created',
            actual: 'order.cancelled',
          },
        ],
        deliveryId: null,
      },
    ]);
    const one = await app.as('viewer', 'get', `/v1/events/${id}/explain?subscriptionId=sub_none`);
    expect(one.status).toBe(404);
  });
});

describe('a target', () => {
  test('is tested at once; what it answers is data', async () => {
    accepts = true;
    const good = await app.as('operator', 'post', `/v1/targets/${targetId}/test`);
    expect(good.body).toMatchObject({ delivered: true, statusCode: 200, responseBody: 'as told' });
    accepts = false;
    const bad = await app.as('operator', 'post', `/v1/targets/${targetId}/test`);
    expect(bad.status).toBe(200);
    expect(bad.body).toMatchObject({ delivered: false, statusCode: 422 });
  });

  test('that is paused keeps what waits, and deleting the subscription cancels it', async () => {
    await app.as('operator', 'post', `/v1/targets/${targetId}/pause`).expect(200);
    const { delivery } = await order('pending');
    await app.as('admin', 'delete', `/v1/subscriptions/${subscriptionId}`).expect(204);
    expect(await get(`/v1/deliveries/${String(delivery['id'])}`)).toMatchObject({
      state: 'cancelled',
      reason: 'subscription_deleted',
    });
    const report = await get('/v1/metrics/conservation');
    expect(report).toMatchObject({ events: { balanced: true }, deliveries: { balanced: true } });
    await app.as('admin', 'delete', `/v1/targets/${targetId}`).expect(204);
    const retry = await app.as(
      'operator',
      'post',
      `/v1/deliveries/${String(delivery['id'])}/retry`,
    );
    expect(retry.status).toBe(409);
    expect(retry.body).toMatchObject({ code: 'conflict' });
    expect((retry.body as { detail: string }).detail).toContain('was deleted');
  });
});
