import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../src/http/routes.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const create = (key: string, body: object, path = '/v1/sources') =>
  app.as('admin', 'post', path).set('idempotency-key', key).send(body);

describe('an Idempotency-Key', () => {
  test('gets the same answer for the same body, and the work is done once', async () => {
    const first = await create('k-1', { name: 'once' });
    const second = await create('k-1', { name: 'once' });
    expect(first.status).toBe(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.status).toBe(201);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.text).toBe(first.text);
    expect(second.headers['location']).toBe(first.headers['location']);
    expect(second.headers['etag']).toBe(first.headers['etag']);
  });

  test('is 422 with another body', async () => {
    await create('k-2', { name: 'two' });
    const { status, body } = await create('k-2', { name: 'three' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('of two at once runs one; the other waits its turn or gets the same answer', async () => {
    const answers = await Promise.all([
      create('k-3', { name: 'race' }),
      create('k-3', { name: 'race' }),
      create('k-3', { name: 'race' }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    const fresh = answers.filter(
      ({ status, headers }) => status === 201 && headers['idempotency-replayed'] === undefined,
    );
    expect(fresh).toHaveLength(1);
  });

  test('belongs to one caller and one path', async () => {
    await create('k-4', { name: 'four' });
    const other = await create('k-4', { name: 'four' }, '/v1/event-types');
    expect(other.status).toBe(201);
    const source = await app.send().set('idempotency-key', 'k-4').send({ type: 'four' });
    expect(source.status).toBe(202);
  });

  test('keeps a refusal as well', async () => {
    const first = await create('k-5', { name: '' });
    const second = await create('k-5', { name: '' });
    expect(first.status).toBe(400);
    expect(second.status).toBe(400);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers['content-type']).toBe('application/problem+json');
  });

  test('shows a secret again to the same caller', async () => {
    const path = `/v1/sources/${app.source.id}/keys`;
    const first = await create('k-6', { name: 'again' }, path);
    const second = await create('k-6', { name: 'again' }, path);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((second.body as { key: string }).key).toBe((first.body as { key: string }).key);
    expect((first.body as { key: string }).key).toMatch(/^sbk_/);
  });

  test('covers the headers of a binary event', async () => {
    const send = (type: string) =>
      app
        .send()
        .set('idempotency-key', 'k-7')
        .set('ce-id', 'i-7')
        .set('ce-specversion', '1.0')
        .set('ce-source', `/sources/${app.source.id}`)
        .set('ce-type', type)
        .send('');
    expect((await send('a')).status).toBe(202);
    expect((await send('a')).headers['idempotency-replayed']).toBe('true');
    expect((await send('b')).status).toBe(422);
  });

  test.each([['two words'], ['x'.repeat(256)]])('must be sane: %s', async (key) => {
    expect((await create(key, { name: 'x' })).status).toBe(400);
  });
});

test('every POST takes the key, except those that hand out credentials or take unsigned calls', () => {
  const without = ROUTES.filter(({ method, idempotent }) => method === 'POST' && !idempotent);
  expect(without.map(({ path }) => path).sort()).toEqual([
    '/oauth/token',
    '/v1/auth/login',
    '/v1/auth/logout',
    '/v1/auth/password',
    '/v1/auth/refresh',
    '/v1/ingest/{sourceId}',
  ]);
});
