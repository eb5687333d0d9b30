import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const ID = /^evt_[0-9a-z]{26}$/;
const own = () => `/sources/${app.source.id}`;
const cloudEvent = (id: string, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: own(),
  type: 'order.created',
  ...more,
});
const structured = () => app.send().set('content-type', 'application/cloudevents+json');
const batch = (query = '') =>
  app.send(`/v1/events${query}`).set('content-type', 'application/cloudevents-batch+json');

describe('202', () => {
  test('the plain form gets an id of ours and the source of the credential', async () => {
    const { status, body } = await app.send().send({ type: 'order.created', data: { n: 1 } });
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(ID),
      eventId: expect.any(String),
      status: 'unmatched',
      deliveries: 0,
      duplicate: false,
    });
    const { id } = body as { id: string };
    const { body: stored } = await app.as('viewer', 'get', `/v1/events/${id}`);
    expect(stored).toMatchObject({ id, source: own(), type: 'order.created', data: { n: 1 } });
  });

  test('a structured event keeps its attributes and extensions', async () => {
    const event = cloudEvent('s-1', {
      subject: 'A',
      time: '2026-01-01T00:00:00Z',
      region: 'eu',
      data: null,
    });
    const { status, body } = await structured().send(JSON.stringify(event));
    expect(status).toBe(202);
    const { id } = body as { id: string };
    const { body: stored } = await app.as('viewer', 'get', `/v1/events/${id}`);
    expect(stored).toMatchObject({
      eventId: 's-1',
      subject: 'A',
      time: '2026-01-01T00:00:00Z',
      extensions: { region: 'eu' },
      data: null,
    });
  });

  test('binary mode takes any body, and header values are percent-decoded once', async () => {
    const { status, body } = await app
      .send()
      .set('content-type', 'image/png')
      .set('ce-id', 'b-1')
      .set('ce-specversion', '1.0')
      .set('ce-source', own())
      .set('ce-type', 'picture.taken')
      .set('ce-subject', 'Euro%20%E2%82%AC')
      .send(Buffer.from([0, 255, 1]));
    expect(status).toBe(202);
    const { id } = body as { id: string };
    const { body: stored } = await app.as('viewer', 'get', `/v1/events/${id}`);
    expect(stored).toMatchObject({
      subject: 'Euro €',
      dataContentType: 'image/png',
      dataBase64: 'AP8B',
    });
  });

  test('a batch is answered item by item, and an empty one is valid', async () => {
    const items = [cloudEvent('batch-1'), cloudEvent('batch-2'), cloudEvent('batch-1')];
    const { status, body } = await batch().send(JSON.stringify(items));
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 2, duplicates: 1, rejected: 0 });
    expect((body as { results: object[] }).results).toHaveLength(3);
    const empty = await batch().send('[]');
    expect(empty.status).toBe(202);
    expect(empty.body).toEqual({ accepted: 0, duplicates: 0, rejected: 0, results: [] });
  });

  test('a repeat of source and id is a duplicate of the first', async () => {
    const first = await structured().send(JSON.stringify(cloudEvent('twice')));
    const second = await structured().send(JSON.stringify(cloudEvent('twice', { data: 'other' })));
    expect(second.status).toBe(202);
    expect(second.body).toEqual({ ...(first.body as object), duplicate: true });
  });

  test("a caller's trace goes on, and a broken one is replaced", async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const given = await app
      .send()
      .set('traceparent', `00-${trace}-b7ad6b7169203331-01`)
      .send({ type: 'traced' });
    const { body } = await app.as(
      'viewer',
      'get',
      `/v1/events/${(given.body as { id: string }).id}`,
    );
    expect(body).toMatchObject({ traceId: trace });
    const broken = await app.send().set('traceparent', '00-0-0-0').send({ type: 'traced' });
    const made = await app.as('viewer', 'get', `/v1/events/${(broken.body as { id: string }).id}`);
    expect((made.body as { traceId: string }).traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });
});

describe('207', () => {
  test('a partial batch stores the good and names the bad', async () => {
    const items = [cloudEvent('p-1'), { specversion: '1.0' }, cloudEvent('p-2')];
    const { status, body } = await batch('?partial=true').send(JSON.stringify(items));
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 2, duplicates: 0, rejected: 1 });
    const [, bad] = (body as { results: { error?: { code: string; errors: object[] } }[] }).results;
    expect(bad?.error?.code).toBe('invalid_event');
    expect(bad?.error?.errors.length).toBeGreaterThan(0);
  });
});

describe('400', () => {
  test('one bad item refuses the whole batch, names its index and stores nothing', async () => {
    const items = [cloudEvent('whole-1'), cloudEvent('whole-2', { time: 'noon' })];
    const { status, body } = await batch().send(JSON.stringify(items));
    expect(status).toBe(400);
    expect((body as ProblemBody).detail).toContain('Refused indexes: 1.');
    expect((body as ProblemBody).errors?.[0]?.pointer).toBe('/1/time');
    const list = await app.as('viewer', 'get', '/v1/events?q=whole-1');
    expect(list.body).toEqual({ data: [], nextCursor: null });
  });

  test.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['no source', { source: undefined }],
    ['no type', { type: undefined }],
    ['another version', { specversion: '0.3' }],
    ['a time that is none', { time: 'yesterday' }],
    ['data twice', { data: 1, data_base64: 'AA==' }],
    ['a bad attribute name', { 'Bad-Name': 'x' }],
    ['an extension that is an object', { ext: {} }],
  ])('an event with %s', async (_name, change) => {
    const { status, body } = await structured().send(JSON.stringify(cloudEvent('x', change)));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_event' });
  });

  test('a header that is not UTF-8 once decoded', async () => {
    const { status } = await app
      .send()
      .set('ce-id', '%C0%A0')
      .set('ce-specversion', '1.0')
      .set('ce-source', own())
      .set('ce-type', 'a')
      .send('');
    expect(status).toBe(400);
  });
});

describe('401', () => {
  test.each([
    ['nothing', undefined],
    ['a key that was never made', `Bearer sbk_${'A'.repeat(43)}`],
    ['a scheme we do not know', 'Token abc'],
    ['a user and password', 'Basic YTpi'],
  ])('%s is no credential', async (_name, authorization) => {
    const request = app.request('post', '/v1/events').send({ type: 'a' });
    if (authorization !== undefined) void request.set('authorization', authorization);
    const { status, headers } = await request;
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer realm="signalbox"/);
  });

  test('a revoked key is refused at once', async () => {
    const { key = '', id = '' } = await app.create(`/v1/sources/${app.source.id}/keys`, {
      name: 'gone',
    });
    const use = () =>
      app.request('post', '/v1/events').set('authorization', `Bearer ${key}`).send({ type: 'a' });
    expect((await use()).status).toBe(202);
    await app.as('admin', 'delete', `/v1/sources/${app.source.id}/keys/${id}`).expect(204);
    expect((await use()).status).toBe(401);
  });
});

describe('403', () => {
  test('a source that the credential may not use', async () => {
    const event = cloudEvent('f-1', { source: '/someone/else' });
    const { status, body } = await structured().send(JSON.stringify(event));
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'forbidden', errors: [{ pointer: '/source' }] });
  });

  test('a type outside the list of the source', async () => {
    const { id = '' } = await app.create('/v1/sources', {
      name: 'narrow',
      allowedTypes: ['order.*'],
    });
    const { key = '' } = await app.create(`/v1/sources/${id}/keys`, { name: 'k' });
    const { status } = await app
      .request('post', '/v1/events')
      .set('authorization', `Bearer ${key}`)
      .send({ type: 'user.created' });
    expect(status).toBe(403);
  });
});

describe('415', () => {
  test.each([
    ['text/plain'],
    ['application/cloudevents+avro'],
    ['application/cloudevents+protobuf'],
  ])('%s without ce- headers', async (type) => {
    const { status } = await app.send().set('content-type', type).send('x');
    expect(status).toBe(415);
  });
});

describe('422', () => {
  test('a payload against its schema, where the source rejects', async () => {
    await app.create('/v1/event-types', { name: 'strict.made' });
    await app.create('/v1/event-types/strict.made/schemas', {
      schema: { type: 'object', required: ['n'], properties: { n: { type: 'number' } } },
    });
    const { id = '' } = await app.create('/v1/sources', { name: 'strict', schemaPolicy: 'reject' });
    const { key = '' } = await app.create(`/v1/sources/${id}/keys`, { name: 'k' });
    const post = (data: unknown) =>
      app
        .request('post', '/v1/events')
        .set('authorization', `Bearer ${key}`)
        .send({ type: 'strict.made', data });
    const refused = await post({ n: 'one' });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'schema_violation',
      errors: [{ pointer: '/data/n' }],
    });
    expect((await post({ n: 1 })).status).toBe(202);
  });
});

describe('third-party webhooks', () => {
  const body = JSON.stringify({ action: 'opened', number: 7 });
  const signature = (secret: string) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  let path = '';
  beforeAll(async () => {
    const { id = '' } = await app.create('/v1/sources', {
      name: 'github',
      verification: { scheme: 'github', secret: 'topsecret' },
    });
    path = `/v1/ingest/${id}`;
  });
  const post = (signed: string | undefined) => {
    const request = app
      .request('post', path)
      .set('content-type', 'application/json')
      .set('x-github-event', 'issues')
      .set('x-github-delivery', 'delivery-1');
    if (signed !== undefined) void request.set('x-hub-signature-256', signed);
    return request.send(body);
  };

  test('a signed one is taken with the type and id of its headers', async () => {
    const { status, body: answer } = await post(signature('topsecret'));
    expect(status).toBe(202);
    expect(answer).toMatchObject({ eventId: 'delivery-1', duplicate: false });
    const stored = await app.as('viewer', 'get', `/v1/events/${(answer as { id: string }).id}`);
    expect(stored.body).toMatchObject({ type: 'issues', data: { number: 7 } });
    expect((await post(signature('topsecret'))).body).toMatchObject({ duplicate: true });
  });

  test.each([
    ['a wrong signature', 'wrong'],
    ['no signature', undefined],
  ])('%s is 401 and stores nothing', async (_name, secret) => {
    const before = await app.as('viewer', 'get', '/v1/metrics/conservation');
    const { status } = await post(secret === undefined ? undefined : signature(secret));
    expect(status).toBe(401);
    const after = await app.as('viewer', 'get', '/v1/metrics/conservation');
    expect(after.body).toEqual(before.body);
  });
});
