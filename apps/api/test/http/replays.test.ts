import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

type Item = Record<string, unknown>;

let app: TestApp;
let receiver: Server;
let url = '';
let status = 200;
const received: IncomingHttpHeaders[] = [];
let targetId = '';
let subscriptionId = '';
beforeAll(async () => {
  app = await startTestApp();
  receiver = createServer((request, response) => {
    received.push(request.headers);
    request.resume();
    response.writeHead(status).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  targetId = await create('/v1/targets', { name: 'first', url });
  subscriptionId = await create('/v1/subscriptions', {
    name: 'orders',
    targetId,
    pattern: { type: ['order.created'] },
  });
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  receiver.close();
});

const OPEN = 'state=pending&state=delivering&state=retrying';

async function create(path: string, body: object): Promise<string> {
  return (await app.create(path, body))['id'] ?? '';
}

const get = async (path: string): Promise<Item> => {
  const reply = await app.as('viewer', 'get', path);
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
  return reply.body as Item;
};
const listed = async (path: string) => (await get(path))['data'] as Item[];
const post = (path: string, body: object = {}) => app.as('operator', 'post', path).send(body);

/** Sends events and waits until what they make has ended in that state. */
async function accept(type: string, count: number, state: string | null): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { body } = await app.send().send({ type, data: { index } }).expect(202);
    ids.push((body as { id: string }).id);
  }
  for (const id of state === null ? [] : ids)
    await waitUntil(
      () => `an event of ${type} is not ${state}`,
      5000,
      async () => (await listed(`/v1/events/${id}/deliveries`))[0]?.['state'] === state,
    );
  return ids;
}

async function ended(id: unknown, state = 'completed'): Promise<Item> {
  let replay: Item = {};
  await waitUntil(
    () => `the replay is ${JSON.stringify(replay)}`,
    10_000,
    async () => {
      replay = await get(`/v1/replays/${String(id)}`);
      return replay['state'] === state;
    },
  );
  return replay;
}

async function started(path: string, body: object): Promise<Item> {
  const reply = await post(path, body);
  if (reply.status !== 202) throw new Error(`${path}: ${reply.status} ${reply.text}`);
  return reply.body as Item;
}

describe('202', () => {
  test('a replay is kept, worked on, and shows its progress and what became of its deliveries', async () => {
    await accept('order.created', 3, 'succeeded');
    received.length = 0;
    const filter = { type: ['order.created'] };
    const reply = await post('/v1/replays', { filter, destination: { kind: 'original' } });
    expect(reply.status).toBe(202);
    const { id } = reply.body as { id: string };
    expect(reply.headers['location']).toBe(`/v1/replays/${id}`);
    expect(reply.body).toMatchObject({
      kind: 'replay',
      filter,
      destination: { kind: 'original' },
      ratePerSecond: 100,
      expected: 3,
    });
    expect(await ended(id)).toMatchObject({ scanned: 3, made: 3, failure: null });
    await waitUntil(
      () => 'its deliveries have not arrived',
      5000,
      async () => {
        const { deliveries } = (await get(`/v1/replays/${id}`)) as { deliveries: Item };
        return deliveries['succeeded'] === 3;
      },
    );
    expect(received.map((headers) => headers['webhook-replay'])).toEqual([id, id, id]);
    const deliveries = await listed(`/v1/deliveries?replayId=${id}`);
    expect(deliveries).toHaveLength(3);
    expect(deliveries[0]).toMatchObject({ replayId: id, subscriptionId, targetId });
    const report = await get('/v1/metrics/conservation');
    expect(report).toMatchObject({ deliveries: { made: 6, succeeded: 6, balanced: true } });
  });

  test('one event is replayed to a target, without a subscription', async () => {
    const [id = ''] = await accept('order.other', 1, null);
    const destination = { kind: 'target', targetId };
    const replay = await started('/v1/replays', { filter: { id }, destination });
    await ended(replay['id']);
    const deliveries = await listed(`/v1/events/${id}/deliveries`);
    expect(deliveries).toMatchObject([{ subscriptionId: null, targetId, replayId: replay['id'] }]);
  });

  test('a replay to a paused target waits for it', async () => {
    const target = await create('/v1/targets', { name: 'paused', url });
    await app.as('operator', 'post', `/v1/targets/${target}/pause`).expect(200);
    const body = { filter: {}, destination: { kind: 'target', targetId: target } };
    const { id } = await started('/v1/replays', body);
    await waitUntil(
      () => 'the replay does not wait',
      5000,
      async () => (await get(`/v1/replays/${String(id)}`))['waitingFor'] === 'target_paused',
    );
    await app.as('operator', 'post', `/v1/targets/${target}/resume`).expect(200);
    await ended(id);
  });

  test('dead letters of a filter are retried, and those of another discarded, as jobs', async () => {
    // What earlier tests have left on its way is not to meet the failing receiver.
    await waitUntil(
      () => 'deliveries are still open',
      5000,
      async () => (await listed(`/v1/deliveries?${OPEN}`)).length === 0,
    );
    status = 422;
    await accept('order.created', 3, 'dead');
    const [group] = await listed('/v1/dead-letters/groups');
    expect(group).toMatchObject({ targetId, reason: 'http_422', count: 3 });
    status = 200;
    const filter = { targetId: [targetId], reason: ['http_422'] };
    const retry = await started('/v1/dead-letters/retry', { filter });
    expect(retry).toMatchObject({
      kind: 'retry-dead',
      destination: null,
      ratePerSecond: null,
      expected: 3,
      deliveries: null,
    });
    expect(await ended(retry['id'])).toMatchObject({ scanned: 3, made: 3 });
    await waitUntil(
      () => 'there are dead letters left',
      5000,
      async () => (await listed('/v1/dead-letters')).length === 0,
    );
    status = 422;
    await accept('order.created', 2, 'dead');
    status = 200;
    const discard = await started('/v1/dead-letters/discard', { filter: {} });
    expect(await ended(discard['id'])).toMatchObject({ kind: 'discard-dead', made: 2 });
    expect(await listed('/v1/deliveries?reason=discarded')).toHaveLength(2);
    const entries = await app.as(
      'admin',
      'get',
      `/v1/audit-log?subjectId=${String(discard['id'])}`,
    );
    expect((entries.body as { data: Item[] }).data).toMatchObject([
      { action: 'dead-letters.discard', after: { kind: 'discard-dead', expected: 2 } },
    ]);
  });

  test('the same idempotency key starts one replay', async () => {
    const body = { filter: { type: 'none' }, destination: { kind: 'original' } };
    const send = () =>
      app.as('operator', 'post', '/v1/replays').set('idempotency-key', 'replay-1').send(body);
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect((second.body as Item)['id']).toBe((first.body as Item)['id']);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });
});

describe('200', () => {
  test('a preview counts what a replay would deliver, and delivers nothing', async () => {
    const before = await get('/v1/metrics/conservation');
    const reply = await post('/v1/replays/preview', {
      filter: { type: ['order.created', 'order.other'] },
      destination: { kind: 'subscriptions', subscriptionIds: [subscriptionId] },
    });
    expect(reply.status).toBe(200);
    const { deliveries } = reply.body as { deliveries: number };
    expect(reply.body).toEqual({
      events: deliveries + 1,
      deliveries,
      targets: [{ targetId, deliveries }],
      isComplete: true,
    });
    expect(deliveries).toBeGreaterThan(0);
    expect(await get('/v1/metrics/conservation')).toEqual(before);
  });

  test('a replay is paused, resumed and cancelled, and what waits of it is cancelled too', async () => {
    await app.as('operator', 'post', `/v1/targets/${targetId}/pause`).expect(200);
    const body = { filter: { type: ['order.created'] }, destination: { kind: 'original' } };
    const { id } = await started('/v1/replays', { ...body, ratePerSecond: 1 });
    await waitUntil(
      () => 'it has made nothing',
      5000,
      async () => Number((await get(`/v1/replays/${String(id)}`))['made']) > 0,
    );
    const act = (action: string) => post(`/v1/replays/${String(id)}/${action}`);
    expect((await act('pause')).body).toMatchObject({ id, state: 'paused' });
    const paused = await get(`/v1/replays/${String(id)}`);
    expect((await act('resume')).body).toMatchObject({ state: 'running' });
    const cancelled = await act('cancel');
    expect(cancelled.status).toBe(200);
    const { deliveries, made } = cancelled.body as { deliveries: Item; made: number };
    expect(made).toBeGreaterThanOrEqual(Number(paused['made']));
    expect(deliveries).toMatchObject({ pending: 0, cancelled: made });
    const [one] = await listed(`/v1/deliveries?replayId=${String(id)}`);
    expect(one).toMatchObject({ state: 'cancelled', reason: 'replay_cancelled' });
    await app.as('operator', 'post', `/v1/targets/${targetId}/resume`).expect(200);
    const entries = await app.as('admin', 'get', `/v1/audit-log?subjectId=${String(id)}`);
    const actions = (entries.body as { data: Item[] }).data.map(({ action }) => action);
    expect(actions).toEqual(
      ['cancelled', 'resumed', 'paused', 'created'].map((a) => `replay.${a}`),
    );
  });

  test('replays are listed newest first, by kind and state, page by page', async () => {
    const all = await listed('/v1/replays?limit=200');
    const { data, nextCursor } = (await get('/v1/replays?limit=2')) as {
      data: Item[];
      nextCursor: string;
    };
    const next = await listed(`/v1/replays?limit=2&cursor=${nextCursor}`);
    expect([...data, ...next]).toEqual(all.slice(0, 4));
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    const discards = await listed('/v1/replays?kind=discard-dead');
    expect(discards.map(({ kind }) => kind)).toEqual(['discard-dead']);
    const cancelled = await listed('/v1/replays?state=cancelled&state=paused');
    expect(cancelled.map(({ state }) => state)).toEqual(['cancelled']);
  });
});

describe('400', () => {
  const refusals: [string, () => object, string, string][] = [
    [
      'a target that is not there',
      () => ({ kind: 'target', targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9' }),
      '/destination/targetId',
      'unknown_target',
    ],
    [
      'a subscription that is not there',
      () => ({
        kind: 'subscriptions',
        subscriptionIds: [subscriptionId, 'sub_01hf7yat00c5q3w1k8m2n4p6r9'],
      }),
      '/destination/subscriptionIds/1',
      'unknown_subscription',
    ],
  ];
  test.each(refusals)('%s is refused by name, in a preview too', async (_, to, pointer, code) => {
    for (const path of ['/v1/replays', '/v1/replays/preview']) {
      const reply = await post(path, { filter: {}, destination: to() });
      expect(reply.status).toBe(400);
      const { errors } = reply.body as ProblemBody;
      expect(errors).toMatchObject([{ pointer, code }]);
    }
  });

  test('a paused subscription is refused, saying what to do', async () => {
    const path = `/v1/subscriptions/${subscriptionId}`;
    const change = async (state: string) => {
      const { headers } = await app.as('admin', 'get', path);
      const call = app.as('admin', 'patch', path).set('if-match', headers['etag'] ?? '');
      expect((await call.send({ state })).status).toBe(200);
    };
    await change('paused');
    const destination = { kind: 'subscriptions', subscriptionIds: [subscriptionId] };
    const reply = await post('/v1/replays', { filter: {}, destination });
    await change('active');
    expect(reply.status).toBe(400);
    const { detail, errors } = reply.body as ProblemBody;
    expect(detail).toContain('"orders", which is paused; resume it first');
    expect(errors).toMatchObject([
      { pointer: '/destination/subscriptionIds/0', code: 'subscription_paused' },
    ]);
  });

  test.each<[string, string, object]>([
    ['/v1/replays', 'no filter', { destination: { kind: 'original' } }],
    ['/v1/replays', 'no destination', { filter: {} }],
    [
      '/v1/replays',
      'an unknown filter',
      { filter: { typ: 'x' }, destination: { kind: 'original' } },
    ],
    [
      '/v1/replays',
      'a rate of nothing',
      { filter: {}, destination: { kind: 'original' }, ratePerSecond: 0 },
    ],
    ['/v1/dead-letters/retry', 'no filter', {}],
    ['/v1/dead-letters/discard', 'a state', { filter: { state: ['dead'] } }],
  ])('%s refuses %s', async (path, _what, body) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ code: 'invalid_request' });
  });
});

describe('403, 404 and 409', () => {
  test('a viewer starts and changes nothing', async () => {
    for (const path of ['/v1/replays', '/v1/dead-letters/retry', '/v1/replays/rpl_1/pause'])
      expect((await app.as('viewer', 'post', path).send({})).status).toBe(403);
  });

  test('a replay that is not there is not found', async () => {
    expect((await app.as('viewer', 'get', '/v1/replays/rpl_none')).status).toBe(404);
    expect((await post('/v1/replays/rpl_none/cancel')).status).toBe(404);
  });

  test('a replay that has ended is not paused, resumed or cancelled', async () => {
    const [done] = await listed('/v1/replays?state=completed');
    for (const action of ['pause', 'resume', 'cancel']) {
      const reply = await post(`/v1/replays/${String(done?.['id'])}/${action}`);
      expect(reply.status).toBe(409);
      expect(reply.body).toMatchObject({ code: 'conflict' });
    }
  });
});
