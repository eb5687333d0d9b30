import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type Body = Record<string, unknown>;
const admin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
  app.as('admin', method, path);

interface Kind {
  path: string;
  create: Body;
  patch: Body;
  nameIsFixed?: boolean;
}

const KINDS: [string, Kind][] = [
  ['source', { path: '/v1/sources', create: { name: 'r-source' }, patch: { description: 'new' } }],
  [
    'target',
    {
      path: '/v1/targets',
      create: { name: 'r-target', url: 'https://example.com/hook' },
      patch: { timeoutMs: 2000 },
    },
  ],
  [
    'event type',
    {
      path: '/v1/event-types',
      create: { name: 'r.type/with slash?'.replace(' ', '-') },
      patch: { description: 'new' },
    },
  ],
  [
    'user',
    {
      path: '/v1/users',
      create: {
        email: 'r-user@example.com',
        name: 'R',
        role: 'viewer',
        password: 'a long enough password',
      },
      patch: { name: 'S' },
    },
  ],
];

describe.each(KINDS)('a %s', (_name, { path, create, patch }) => {
  let place = '';
  let etag = '';

  test('is created with 201, its place and its version', async () => {
    const response = await admin('post', path).send(create);
    expect(response.status).toBe(201);
    place = String(response.headers['location']);
    etag = String(response.headers['etag']);
    expect(place.startsWith(path)).toBe(true);
    expect(etag).toBe('"v1"');
    const read = await admin('get', place);
    expect(read.status).toBe(200);
    expect(read.headers['etag']).toBe(etag);
    expect(read.body).toMatchObject({ name: create['name'] });
  });

  test('cannot be created twice under one name', async () => {
    const response = await admin('post', path).send(create);
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ code: 'name_taken' });
  });

  test('stands in the list', async () => {
    const { body } = await admin('get', `${path}?limit=200`);
    const { data } = body as { data: Body[] };
    expect(data.filter(({ name }) => name === create['name'])).toHaveLength(1);
  });

  test('is changed when the ETag fits, and then has a new one', async () => {
    const response = await admin('patch', place).set('if-match', etag).send(patch);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject(patch);
    expect(response.headers['etag']).toBe('"v2"');
  });

  test('is not changed when somebody was faster', async () => {
    const response = await admin('patch', place).set('if-match', etag).send(patch);
    expect(response.status).toBe(412);
    expect(response.body).toMatchObject({ code: 'version_conflict' });
    const foreign = await admin('patch', place).set('if-match', '"abc"').send(patch);
    expect(foreign.status).toBe(412);
    expect((await admin('delete', place).set('if-match', etag)).status).toBe(412);
  });

  test('every change is in the audit log: who, what, before, after, from where', async () => {
    const { body: log } = await admin('get', '/v1/audit-log?limit=50');
    const entries = (log as { data: Body[] }).data.filter(({ subjectId }) =>
      decodeURIComponent(place).endsWith(`/${String(subjectId)}`),
    );
    expect(entries.map(({ action }) => String(action).split('.')[1])).toEqual([
      'updated',
      'created',
    ]);
    const [updated] = entries;
    expect(updated).toMatchObject({ actor: expect.stringMatching(/^usr_/), address: '127.0.0.1' });
    expect(updated?.['after']).toMatchObject(patch);
    expect(updated?.['before']).not.toMatchObject(patch);
    expect(JSON.stringify(entries)).not.toMatch(/whsec_|passwordHash|argon2/);
  });

  test('is deleted with 204 and gone', async () => {
    expect((await admin('delete', place)).status).toBe(204);
    expect((await admin('get', place)).status).toBe(404);
    expect((await admin('delete', place)).status).toBe(404);
  });
});

describe('targets', () => {
  test('a secret is shown once, and what is stored is only said to be set', async () => {
    const created = await admin('post', '/v1/targets').send({
      name: 'secretive',
      url: 'https://example.com',
      auth: { type: 'basic', username: 'u', password: 'hidden-password' },
      signatures: ['v1', 'v1a'],
    });
    expect(created.body).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      publicKey: expect.stringMatching(/^whpk_/),
      auth: { type: 'basic', username: 'u', passwordSet: true },
    });
    const { id, secret } = created.body as { id: string; secret: string };
    const read = await admin('get', `/v1/targets/${id}`);
    expect(read.text).not.toContain(secret);
    expect(read.text).not.toContain('hidden-password');
    const rotated = await admin('post', `/v1/targets/${id}/rotate-secret`);
    expect(rotated.status).toBe(200);
    expect((rotated.body as { secret: string }).secret).not.toBe(secret);
  });

  test('headers are merged, null takes one away, and a secret left out stays', async () => {
    const { id = '' } = await app.create('/v1/targets', {
      name: 'merged',
      url: 'https://example.com',
      headers: { 'x-a': '1', 'x-b': '2' },
      auth: { type: 'bearer', token: 't' },
      retry: { scheduleSeconds: [1] },
    });
    const { body } = await admin('patch', `/v1/targets/${id}`).send({
      headers: { 'x-a': null, 'x-c': '3' },
      auth: { type: 'bearer' },
      retry: { finalCodes: [418] },
    });
    expect(body).toMatchObject({
      headers: { 'x-b': '2', 'x-c': '3' },
      auth: { type: 'bearer', tokenSet: true },
      retry: { scheduleSeconds: [1], finalCodes: [418] },
    });
    expect((body as { headers: object }).headers).not.toHaveProperty('x-a');
    const other = await admin('patch', `/v1/targets/${id}`).send({
      auth: { type: 'header', name: 'x-key' },
    });
    expect(other.status).toBe(400);
    expect((other.body as ProblemBody).errors?.[0]?.pointer).toBe('/auth/value');
  });

  test('one that subscriptions use cannot go; they are named', async () => {
    const { id = '' } = await app.create('/v1/targets', {
      name: 'used',
      url: 'https://example.com',
    });
    const { id: subscription = '' } = await app.create('/v1/subscriptions', {
      name: 'user of it',
      targetId: id,
      pattern: { type: ['never'] },
    });
    const { status, body } = await admin('delete', `/v1/targets/${id}`);
    expect(status).toBe(409);
    expect((body as ProblemBody).detail).toContain(`user of it (${subscription})`);
    await admin('delete', `/v1/subscriptions/${subscription}`).expect(204);
    await admin('delete', `/v1/targets/${id}`).expect(204);
  });

  test('pausing and resuming by an operator shows in the state', async () => {
    const { id = '' } = await app.create('/v1/targets', {
      name: 'calm',
      url: 'https://example.com',
    });
    const paused = await app.as('operator', 'post', `/v1/targets/${id}/pause`);
    expect(paused.body).toMatchObject({ state: 'paused' });
    const resumed = await app.as('operator', 'post', `/v1/targets/${id}/resume`);
    expect(resumed.body).toMatchObject({ state: 'active' });
    const health = await app.as('viewer', 'get', `/v1/targets/${id}/health`);
    expect(health.body).toMatchObject({
      targetId: id,
      state: 'active',
      breaker: 'closed',
      backlog: 0,
    });
  });
});

describe('subscriptions', () => {
  test('pattern and transform are replaced whole, and the target is fixed', async () => {
    const { id: targetId = '' } = await app.create('/v1/targets', {
      name: 'sub-t',
      url: 'https://example.com',
    });
    const { id: otherId = '' } = await app.create('/v1/targets', {
      name: 'sub-o',
      url: 'https://example.com',
    });
    const { id = '' } = await app.create('/v1/subscriptions', {
      name: 'whole',
      targetId,
      pattern: { type: ['a'], source: ['/x'] },
      transform: { language: 'jsonata', body: 'data', headers: { 'x-a': '"1"' } },
    });
    const path = `/v1/subscriptions/${id}`;
    const { body } = await admin('patch', path).send({
      pattern: { type: ['b'] },
      transform: { language: 'jsonata', body: '$' },
    });
    expect(body).toMatchObject({ pattern: { type: ['b'] } });
    expect((body as { pattern: object; transform: object }).pattern).not.toHaveProperty('source');
    expect((body as { transform: object }).transform).toEqual({ language: 'jsonata', body: '$' });
    expect((await admin('patch', path).send({ transform: null })).body).toMatchObject({
      transform: null,
    });
    expect((await admin('patch', path).send({ targetId: otherId })).status).toBe(409);
    expect((await admin('patch', path).send({ pattern: { type: [] } })).status).toBe(422);
    const list = await admin('get', `/v1/subscriptions?targetId=${targetId}`);
    expect((list.body as { data: Body[] }).data.map((each) => each['id'])).toEqual([id]);
  });
});

describe('sources', () => {
  test("a provider's secret is never shown, and stays when it is left out", async () => {
    const { id = '' } = await app.create('/v1/sources', {
      name: 'provider',
      verification: { scheme: 'hmac', secret: 'shh-secret', signatureHeader: 'x-sig' },
    });
    const { body, text } = await admin('patch', `/v1/sources/${id}`).send({
      verification: { scheme: 'hmac', encoding: 'base64' },
    });
    expect(text).not.toContain('shh-secret');
    expect(body).toMatchObject({
      verification: {
        scheme: 'hmac',
        signatureHeader: 'x-sig',
        encoding: 'base64',
        secretSet: true,
      },
    });
    expect(
      (await admin('patch', `/v1/sources/${id}`).send({ verification: null })).body,
    ).toMatchObject({
      verification: null,
    });
  });

  test('a key belongs to its source alone', async () => {
    const { id = '' } = await app.create('/v1/sources', { name: 'other' });
    const { id: keyId = '' } = await app.create(`/v1/sources/${id}/keys`, { name: 'k' });
    expect((await admin('delete', `/v1/sources/${app.source.id}/keys/${keyId}`)).status).toBe(404);
    const list = await admin('get', `/v1/sources/${id}/keys`);
    expect((list.body as { data: Body[] }).data).toEqual([
      { id: keyId, name: 'k', createdAt: expect.any(String), expiresAt: null },
    ]);
  });
});

describe('users', () => {
  test('the last admin can neither be demoted, disabled nor deleted', async () => {
    const { body: me } = await admin('get', '/v1/auth/me');
    const path = `/v1/users/${(me as { id: string }).id}`;
    expect((await admin('patch', path).send({ role: 'viewer' })).status).toBe(409);
    expect((await admin('patch', path).send({ state: 'disabled' })).status).toBe(409);
    expect((await admin('delete', path)).status).toBe(409);
    expect((await admin('patch', path).send({ name: 'Chief' })).status).toBe(200);
  });

  test('disabling a user ends what they had', async () => {
    const email = 'leaver@example.com';
    const password = 'a long enough password';
    const { id = '' } = await app.create('/v1/users', {
      email,
      name: 'L',
      role: 'operator',
      password,
    });
    const login = () => app.request('post', '/v1/auth/login').send({ email, password });
    const { accessToken } = (await login()).body as { accessToken: string };
    const me = () =>
      app.request('get', '/v1/auth/me').set('authorization', `Bearer ${accessToken}`);
    expect((await me()).status).toBe(200);
    await admin('patch', `/v1/users/${id}`).send({ state: 'disabled' }).expect(200);
    expect((await me()).status).toBe(401);
    expect((await login()).status).toBe(401);
  });
});

describe('what reads and tests', () => {
  test('a foreign event is matched as given, with its aliases', async () => {
    const event = { 'detail-type': 'order.created', detail: { total: 150 } };
    const match = await app.as('viewer', 'post', '/v1/patterns/test').send({
      pattern: { type: ['order.created'], data: { total: [{ numeric: ['>', 100] }] } },
      event,
    });
    expect(match.body).toEqual({ matched: true, failures: [] });
    const miss = await app
      .as('viewer', 'post', '/v1/patterns/test')
      .send({ pattern: { detail: { total: [{ numeric: ['<', 100] }] } }, event });
    expect(miss.body).toMatchObject({
      matched: false,
      failures: [{ operator: 'numeric', actual: 150 }],
    });
  });

  test('a transform is run without sending anything', async () => {
    const run = (transform: object) =>
      app
        .as('viewer', 'post', '/v1/transforms/test')
        .send({ transform, event: { type: 't', data: { id: 7 } } });
    const { body } = await run({ language: 'jsonata', body: '{ "order": data.id }' });
    expect(JSON.parse((body as { body: string }).body)).toEqual({ order: 7 });
    expect((await run({ language: 'jsonata', body: 'data.missing' })).body).toEqual({
      body: null,
      headers: {},
      path: null,
    });
    const broken = await run({ language: 'jsonata', body: '{ "a": (1 + }' });
    expect(broken.status).toBe(422);
    expect((broken.body as ProblemBody).errors?.[0]).toMatchObject({ pointer: '/transform/body' });
    expect((broken.body as ProblemBody).errors?.[0]?.detail).toMatch(/line 1/);
  });
});
