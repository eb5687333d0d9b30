import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
let targetId = '';
beforeAll(async () => {
  app = await startTestApp();
  const target = { name: 'there', url: 'http://127.0.0.1:9/hook', state: 'paused' };
  targetId = (await app.create('/v1/targets', target))['id'] ?? '';
});
afterAll(() => app.close());

/** Status, then the pointers of the faults. */
async function refusalOf(path: string, body: object): Promise<unknown[]> {
  const { status, body: answer } = await app.as('admin', 'post', path).send(body);
  const { errors } = answer as ProblemBody;
  return [status, ...(errors ?? []).map(({ pointer }) => pointer)];
}

describe('400', () => {
  test.each(['two\nlines', 'newline at the end\n', 'schlüssel', ' blank', 'blank '])(
    'a target with the secret %j for a header is not saved',
    async (secret) => {
      const target = { name: 'a', url: 'https://example.com/hook' };
      const bearer = { ...target, auth: { type: 'bearer', token: secret } };
      expect(await refusalOf('/v1/targets', bearer)).toEqual([400, '/auth/token']);
      const header = { ...target, auth: { type: 'header', name: 'x-key', value: secret } };
      expect(await refusalOf('/v1/targets', header)).toEqual([400, '/auth/value']);
      const auth = { type: 'bearer', token: secret };
      const changed = await app.as('admin', 'patch', `/v1/targets/${targetId}`).send({ auth });
      expect(changed.status).toBe(400);
      expect(changed.text).not.toContain(JSON.stringify(secret).slice(1, -1));
    },
  );
});

describe('400, for a source whose webhooks would all be refused', () => {
  const key = (bytes: number) => Buffer.alloc(bytes, 1).toString('base64');
  test.each([
    ['github', 's3cret\n'],
    ['stripe', ' whsec_abc'],
    ['hmac', '\ts3cret'],
    ['standard-webhooks', `whsec_${key(24)} `],
    ['standard-webhooks', 'whsec_'],
    ['standard-webhooks', 'a secret of my own'],
    ['standard-webhooks', `whsec_${key(24).slice(0, -1)}`],
    ['standard-webhooks', `whpk_${key(31)}`],
    ['standard-webhooks', `whpk_${key(64)}`],
  ])('%s: the secret %j is not saved', async (scheme, secret) => {
    const verification = { scheme, secret, signatureHeader: 'x-signature' };
    const source = { name: 'hooks', verification };
    expect(await refusalOf('/v1/sources', source)).toEqual([400, '/verification/secret']);
  });

  test.each([
    ['stripe', 'whsec_abc'],
    ['standard-webhooks', `whsec_${key(24)}`],
    ['standard-webhooks', key(24)],
    ['standard-webhooks', `whpk_${key(32)}`],
  ])('%s: the secret %j is saved', async (scheme, secret) => {
    const source = { name: `hooks ${secret}`, verification: { scheme, secret } };
    expect(await refusalOf('/v1/sources', source)).toEqual([201]);
  });

  test('a changed secret is checked as well, and one that is left out stays', async () => {
    const verification = { scheme: 'standard-webhooks', secret: `whsec_${key(32)}` };
    const { id } = await app.create('/v1/sources', { name: 'changing', verification });
    const change = (more: object) =>
      app
        .as('admin', 'patch', `/v1/sources/${String(id)}`)
        .send({ verification: { scheme: 'standard-webhooks', ...more } });
    expect((await change({ secret: 'no key' })).status).toBe(400);
    expect((await change({ idFrom: '/id' })).status).toBe(200);
  });
});

describe('422', () => {
  test.each(['Content-Type', 'webhook-id', 'Host', 'User-Agent', 'Connection'])(
    'a transform that makes the header %s is neither saved nor tested',
    async (name) => {
      const transform = { language: 'jsonata', body: 'data', headers: { [name]: '"a"' } };
      const pointer = `/transform/headers/${name}`;
      const subscription = { name: 's', targetId, pattern: { type: ['a'] }, transform };
      expect(await refusalOf('/v1/subscriptions', subscription)).toEqual([422, pointer]);
      const trial = { transform, event: { type: 't', data: 1 } };
      expect(await refusalOf('/v1/transforms/test', trial)).toEqual([422, pointer]);
    },
  );

  test('a test of a transform says that the value of a header cannot be sent', async () => {
    const transform = { language: 'jsonata', body: 'data', headers: { 'x-town': 'data.town' } };
    const trial = (town: string) => ({ transform, event: { type: 't', data: { town } } });
    expect(await refusalOf('/v1/transforms/test', trial('Köln'))).toEqual([
      422,
      '/transform/headers/x-town',
    ]);
    expect(await refusalOf('/v1/transforms/test', trial('Bonn'))).toEqual([200]);
  });
});
