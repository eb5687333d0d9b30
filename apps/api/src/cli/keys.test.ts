import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../test/support/start-test-app.ts';
import { waitUntil } from '../../test/support/wait-until.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

const OLD = `old:${randomBytes(32).toString('base64')}`;
const NEW = `new:${randomBytes(32).toString('base64')}`;

let bench: Bench;
let app: TestApp;
beforeEach(async () => {
  bench = await createBench();
  bench.environment['SEALING_KEYS'] = OLD;
  app = await startTestApp({
    settings: { DATA_DIR: bench.folder, SEALING_KEYS: OLD },
  });
});
afterEach(async () => {
  await app.close();
  await bench.remove();
});

const addTarget = () =>
  app.create('/v1/targets', {
    name: 'billing',
    url: 'http://127.0.0.1:9/hook',
    auth: { type: 'bearer', token: 'a secret token' },
    signatures: ['v1', 'v1a'],
  });

interface KeyList {
  sourceKeys: { id: string; name: string; source: string }[];
  signingKeys: { kid: string; state: string }[];
  sealingKeys: { id: string; state: string; secrets: number }[];
}
const list = async () => (await bench.run('keys', 'list', '--json')).json as unknown as KeyList;

describe('keys list and revoke', () => {
  test('show the keys of sources, and a revoked one is refused within a second', async () => {
    const [key] = (await list()).sourceKeys;
    expect(key).toMatchObject({ name: 'test', source: 'shop' });
    const event = { specversion: '1.0', id: '1', type: 'order.created', source: 'x' };
    const send = async () =>
      (
        await app
          .send()
          .type('application/cloudevents+json')
          .send({ ...event, source: `/sources/${app.source.id}` })
      ).status;
    expect(await send()).toBe(202);
    expect(await bench.run('keys', 'revoke', key?.id ?? '')).toMatchObject({
      code: 0,
      output: 'The key "test" of shop is revoked.\n',
    });
    await waitUntil(
      () => 'the key is still accepted',
      1000,
      async () => (await send()) === 401,
    );
    expect((await list()).sourceKeys).toEqual([]);
    expect((await bench.run('keys', 'revoke', key?.id ?? '')).code).toBe(1);
  });

  test('never show a key', async () => {
    const { output } = await bench.run('keys', 'list');
    expect(output).toContain('shop');
    expect(output).not.toContain(app.source.key);
    expect(output).not.toContain(OLD.slice(4));
  });
});

describe('keys rotate-signing', () => {
  test('publishes a further key and signs nobody out', async () => {
    const before = (await list()).signingKeys.map(({ kid }) => kid);
    const { code, json } = await bench.run('keys', 'rotate-signing', '--json');
    expect(code).toBe(0);
    const { signingKeys } = await list();
    expect(signingKeys.map(({ kid }) => kid).sort()).toEqual([...before, json['kid']].sort());
    await waitUntil(
      () => 'the gateway does not publish the new key',
      2000,
      async () => {
        const { body } = await app.request('get', '/.well-known/jwks.json');
        return (body as { keys: unknown[] }).keys.length === 2;
      },
    );
    expect((await app.as('viewer', 'get', '/v1/auth/me')).status).toBe(200);
  });
});

describe('keys reseal', () => {
  test('moves every secret to the first key, so that the old one can go', async () => {
    await addTarget();
    await app.create('/v1/sources', {
      name: 'github',
      verification: { scheme: 'github', secret: 'a webhook secret' },
    });
    const total = (await list()).sealingKeys[0]?.secrets ?? 0;
    expect(total).toBeGreaterThanOrEqual(5);

    bench.environment['SEALING_KEYS'] = `${NEW},${OLD}`;
    expect(await bench.run('keys', 'reseal', '--json')).toMatchObject({
      code: 0,
      json: { keyId: 'new', moved: { secrets: total }, byKey: { new: total } },
    });
    expect((await bench.run('keys', 'reseal')).output).toContain('already');

    bench.environment['SEALING_KEYS'] = NEW;
    expect((await list()).sealingKeys).toEqual([{ id: 'new', state: 'current', secrets: total }]);
    expect((await bench.run('doctor')).output).toContain(`all ${total} secrets open`);
    const { body } = await app.as('admin', 'get', '/v1/audit-log?action=target.resealed');
    expect(body).toMatchObject({
      data: [{ actor: 'system', before: { sealingKeys: ['old'] } }],
    });
  });

  test('changes nothing while a key is missing, and names it', async () => {
    await addTarget();
    bench.environment['SEALING_KEYS'] = NEW;
    const { code, errors } = await bench.run('keys', 'reseal');
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringMatching(/sealing key old, which is not loaded/),
    });
    expect((await list()).sealingKeys).toEqual([
      { id: 'new', state: 'current', secrets: 0 },
      expect.objectContaining({ id: 'old', state: 'not loaded' }),
    ]);
  });
});
