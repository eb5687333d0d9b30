import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type Body = Record<string, unknown>;
const admin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
  app.as('admin', method, path);

describe('event types', () => {
  test('schemas count up, and a type that was only seen can get one', async () => {
    await app.send().send({ type: 'only.seen' }).expect(202);
    const seen = await admin('get', '/v1/event-types/only.seen');
    expect(seen.body).toMatchObject({ registered: false, schemas: [] });
    const path = '/v1/event-types/only.seen/schemas';
    expect((await admin('post', path).send({ schema: true })).body).toMatchObject({ version: 1 });
    expect((await admin('post', path).send({ schema: {} })).body).toMatchObject({ version: 2 });
    expect((await admin('get', `${path}/2`)).body).toMatchObject({ version: 2, schema: {} });
    expect((await admin('delete', `${path}/1`)).status).toBe(204);
    const list = await admin('get', path);
    expect((list.body as { data: Body[] }).data.map((each) => each['version'])).toEqual([2]);
    expect((await admin('get', '/v1/event-types/only.seen')).body).toMatchObject({
      registered: true,
    });
  });

  test('a schema is tried on a payload, stored events and the newest version, and is not saved', async () => {
    for (const data of [{ id: 1 }, { id: 'x' }, {}]) {
      await app.send().send({ type: 'tried.made', data }).expect(202);
    }
    const path = '/v1/event-types/tried.made/schemas';
    await app.create(path, { schema: { properties: { id: { type: ['integer', 'string'] } } } });
    const schema = { properties: { id: { type: 'integer' } }, required: ['id'] };
    const asked = app.as('viewer', 'post', `${path}/test`).send({ schema, data: { id: '7' } });
    expect((await asked).body).toEqual({
      errors: [{ pointer: '/id', code: 'type', detail: 'must be integer' }],
      stricter: [
        { pointer: '/required', code: 'required', detail: 'now requires id' },
        {
          pointer: '/properties/id/type',
          code: 'type',
          detail: 'must now be integer; was string',
        },
      ],
      scanned: 3,
      failed: 2,
      samples: [
        {
          eventId: expect.stringMatching(/^evt_/),
          errors: [expect.objectContaining({ pointer: '/id', code: 'required' })],
        },
        {
          eventId: expect.stringMatching(/^evt_/),
          errors: [expect.objectContaining({ pointer: '/id', code: 'type' })],
        },
      ],
    });
    expect((await admin('get', `${path}/2`)).status).toBe(404);
    const untold = await app.as('viewer', 'post', `${path}/test`).send({ schema, limit: 0 });
    expect(untold.body).toMatchObject({ errors: null, scanned: 0, failed: 0 });
  });

  test('the list goes on from its cursor without a gap', async () => {
    for (const name of ['pg.a', 'pg.b', 'pg.c']) await app.create('/v1/event-types', { name });
    const names: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await admin('get', `/v1/event-types?limit=1${query}`);
      const page = body as { data: Body[]; nextCursor: string | null };
      names.push(...page.data.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(names.filter((name) => String(name).startsWith('pg.'))).toEqual([
      'pg.a',
      'pg.b',
      'pg.c',
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});
