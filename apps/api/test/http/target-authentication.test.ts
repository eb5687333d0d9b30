import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refuseToken, startTokenEndpoint } from '../../src/delivery/testing/token-endpoint.ts';
import { startReceiver } from '../../src/delivery/testing/open-bench.ts';
import { makeAuthority, type Authority, type Certified } from '../support/make-certificates.ts';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

type Body = Record<string, unknown>;
type Closable = { close(): Promise<void> };

const CLIENT_SECRET = 'the-client-secret-nobody-may-see';
let app: TestApp;
let endpoint: Awaited<ReturnType<typeof startTokenEndpoint>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let authority: Authority;
let client: Certified;
beforeAll(async () => {
  [app, endpoint, receiver, authority] = await Promise.all([
    startTestApp({ settings: { ALLOW_TARGET_CIDRS: '127.0.0.0/8' } }),
    startTokenEndpoint(),
    startReceiver((_received, response) => response.end()),
    makeAuthority('clients'),
  ]);
  client = await authority.issue({ name: 'signalbox' });
});
afterAll(async () => {
  const parts: Closable[] = [app, endpoint, receiver];
  for (const part of parts) await part.close();
});

let count = 0;
const create = (body: Body) => {
  count += 1;
  return app
    .as('admin', 'post', '/v1/targets')
    .send({ name: `auth-${count}`, url: 'https://example.com/hook', ...body });
};
const change = (id: unknown, body: Body) =>
  app.as('admin', 'patch', `/v1/targets/${String(id)}`).send(body);
const oauth2 = (more: Body = {}): Body => ({
  type: 'oauth2',
  tokenUrl: endpoint.url,
  clientId: 'gateway',
  clientSecret: CLIENT_SECRET,
  ...more,
});
const pair = ({ certificate, key }: Certified): Body => ({
  clientCertificate: certificate,
  clientKey: key,
});
const faultsOf = (body: unknown): string[] =>
  (body as ProblemBody).errors?.map(({ pointer }) => pointer) ?? [];

describe('OAuth 2.0 client credentials', () => {
  test('are shown without the secret', async () => {
    const response = await create({ auth: oauth2({ scope: 'events:write' }) });
    expect(response.status).toBe(201);
    expect((response.body as Body)['auth']).toEqual({
      type: 'oauth2',
      tokenUrl: endpoint.url,
      clientId: 'gateway',
      scope: 'events:write',
      audience: null,
      clientAuthentication: 'client_secret_basic',
      clientSecretSet: true,
    });
    expect(response.text).not.toContain(CLIENT_SECRET);
  });

  test('need a secret the first time, and keep it afterwards', async () => {
    const { clientSecret, ...without } = oauth2();
    expect(clientSecret).toBe(CLIENT_SECRET);
    const refused = await create({ auth: without });
    expect(refused.status).toBe(400);
    expect(faultsOf(refused.body)).toEqual(['/auth/clientSecret']);

    const { body } = await create({ auth: oauth2(), url: receiver.url });
    const { id } = body as Body;
    const response = await change(id, { auth: { ...without, clientId: 'another' } });
    expect(response.status).toBe(200);
    await app.as('operator', 'post', `/v1/targets/${String(id)}/test`);
    const [, pairOfClient = ''] = endpoint.requests.at(-1)?.headers.authorization?.split(' ') ?? [];
    expect(Buffer.from(pairOfClient, 'base64').toString()).toBe(`another:${CLIENT_SECRET}`);
  });

  test.each([
    'http://169.254.169.254/token',
    'https://169.254.169.254/token',
    'https://10.0.0.1/token',
    'https://192.168.1.1/token',
    'https://[::1]/token',
    'https://[fd00:ec2::254]/token',
    'https://[::ffff:10.0.0.1]/token',
    'https://0x7f000001/token',
    'https://2130706433/token',
    'https://100.64.0.1/token',
    'https://user:pass@idp.example.com/token',
    'https://idp.example.com:0/token',
    'http://93.184.216.34/token',
    'ftp://idp.example.com/token',
    'file:///etc/passwd',
    'not a url',
  ])('are refused with the token endpoint %s', async (tokenUrl) => {
    const response = await create({ auth: oauth2({ tokenUrl }) });
    expect(response.status).toBe(400);
    expect(faultsOf(response.body)).toEqual(['/auth/tokenUrl']);
  });

  test('bring a test delivery to the target, and say what failed when no token can be had', async () => {
    const { body } = await create({ auth: oauth2(), url: receiver.url });
    const path = `/v1/targets/${String((body as Body)['id'])}/test`;
    const good = await app.as('operator', 'post', path);
    expect(good.body).toMatchObject({ delivered: true, statusCode: 200 });
    expect(receiver.received.at(-1)?.headers.authorization).toMatch(/^Bearer token-\d+$/);

    endpoint.answer = refuseToken(401, 'invalid_client');
    await change((body as Body)['id'], { timeoutMs: 3000 });
    const bad = await app.as('operator', 'post', path);
    expect(bad.body).toMatchObject({
      delivered: false,
      statusCode: null,
      errorKind: 'target_auth',
      error: 'The token endpoint answered 401: invalid_client.',
    });
  });

  test('that are refused end a delivery, whose attempt says so and shows no secret', async () => {
    endpoint.answer = refuseToken(400, 'invalid_client');
    const { body } = await create({ auth: oauth2(), url: receiver.url });
    const targetId = String((body as Body)['id']);
    await app.create('/v1/subscriptions', {
      name: 'all of auth',
      targetId,
      pattern: { type: ['auth.checked'] },
    });
    await app.send().send({ type: 'auth.checked', data: {} }).expect(202);
    const list = `/v1/deliveries?targetId=${targetId}`;
    const deadOne = async (): Promise<Body | undefined> => {
      const { data } = (await app.as('viewer', 'get', list)).body as { data: Body[] };
      return data.find(({ state }) => state === 'dead');
    };
    await waitUntil(
      () => 'the delivery is not dead',
      10_000,
      async () => (await deadOne()) !== undefined,
    );
    const delivery = await deadOne();
    expect(delivery).toMatchObject({ reason: 'target_auth', lastErrorKind: 'target_auth' });
    const attempts = await app.as(
      'viewer',
      'get',
      `/v1/deliveries/${String(delivery?.['id'])}/attempts`,
    );
    const [attempt] = (attempts.body as { data: Body[] }).data;
    expect(attempt).toMatchObject({
      errorKind: 'target_auth',
      error: 'The token endpoint answered 400: invalid_client.',
    });
    const full = await app.as('viewer', 'get', `/v1/attempts/${String(attempt?.['id'])}`);
    expect(full.body).toMatchObject({ request: { headers: { authorization: '[masked]' } } });
  });
});

describe('a client certificate', () => {
  test('is shown with the day it expires, its key is not', async () => {
    const notAfter = new Date(Math.ceil(Date.now() / 1000) * 1000 + 86_400_000);
    const certified = await authority.issue({ notAfter });
    const tls = { ...pair(certified), ca: authority.certificate, serverName: 'billing.internal' };
    const response = await create({ tls });
    expect(response.status).toBe(201);
    const shown = (response.body as { tls: Body }).tls;
    expect(shown).toMatchObject({
      clientCertificateExpiresAt: notAfter.toISOString(),
      clientKeySet: true,
      serverName: 'billing.internal',
    });
    expect(shown['clientCertificate']).toContain('BEGIN CERTIFICATE');
    expect(response.text).not.toContain('PRIVATE KEY');
  });

  test('can be combined with any auth, changed member by member, and taken away', async () => {
    const { body } = await create({ auth: oauth2(), tls: pair(client) });
    const { id, auth, tls } = body as { id: string; auth: Body; tls: Body };
    expect(auth['type']).toBe('oauth2');

    const named = await change(id, { tls: { serverName: 'billing.internal' } });
    expect((named.body as Body)['tls']).toEqual({ ...tls, serverName: 'billing.internal' });
    const other = await change(id, { tls: { clientCertificate: null } });
    expect((other.body as Body)['tls']).toMatchObject({
      clientCertificate: null,
      clientKeySet: false,
    });
    const none = await change(id, { tls: null });
    expect((none.body as Body)['tls']).toBeNull();
    const untouched = await change(id, { timeoutMs: 2000 });
    expect((untouched.body as Body)['tls']).toBeNull();
  });

  test('must fit the stored key when it comes alone', async () => {
    const { body } = await create({ tls: pair(client) });
    const stranger = await authority.issue();
    const { id } = body as Body;
    const refused = await change(id, { tls: { clientCertificate: stranger.certificate } });
    expect(refused.status).toBe(400);
    expect(faultsOf(refused.body)).toEqual(['/tls/clientKey']);
    const both = await change(id, { tls: pair(stranger) });
    expect(both.status).toBe(200);
  });

  const refusals: [string, () => Promise<Body> | Body, string][] = [
    [
      'a key of another certificate',
      () => ({ ...pair(client), clientKey: authority.key }),
      '/tls/clientKey',
    ],
    ['no key', () => ({ clientCertificate: client.certificate }), '/tls/clientKey'],
    ['a key alone', () => ({ clientKey: client.key }), '/tls/clientCertificate'],
    [
      'an expired certificate',
      async () => pair(await authority.issue({ notAfter: new Date(Date.now() - 1000) })),
      '/tls/clientCertificate',
    ],
    [
      'a certificate that is none',
      () => ({ ...pair(client), clientCertificate: 'hello' }),
      '/tls/clientCertificate',
    ],
    [
      'a certificate that was cut',
      () => ({
        ...pair(client),
        clientCertificate: client.certificate.replace(/\n[^-\n]+\n-----END/, '\n-----END'),
      }),
      '/tls/clientCertificate',
    ],
    [
      'a private key among the certificates',
      () => ({ ...pair(client), clientCertificate: client.certificate + '\n' + client.key }),
      '/tls/clientCertificate',
    ],
    [
      'a key under a passphrase',
      () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        const locked = {
          cipher: 'aes-256-cbc',
          passphrase: 'x',
          type: 'pkcs8',
          format: 'pem',
        } as const;
        return { ...pair(client), clientKey: privateKey.export(locked).toString() };
      },
      '/tls/clientKey',
    ],
    ['a CA that is none', () => ({ ca: 'hello' }), '/tls/ca'],
    ['a server name that is an URL', () => ({ serverName: 'https://x' }), '/tls/serverName'],
  ];
  test.each(refusals)('is refused with %s', async (_name, tls, pointer) => {
    const response = await create({ tls: await tls() });
    expect(response.status).toBe(400);
    expect(faultsOf(response.body)).toContain(pointer);
    expect(response.text).not.toContain('PRIVATE KEY-----');
  });

  test('is refused for a target that is reached without TLS', async () => {
    const response = await create({ url: receiver.url, tls: pair(client) });
    expect(response.status).toBe(400);
    expect(faultsOf(response.body)).toEqual(['/tls']);
  });
});

test('the audit log holds no secret', async () => {
  const { body } = await create({ auth: oauth2(), tls: pair(client) });
  await change((body as Body)['id'], { auth: oauth2({ clientSecret: `${CLIENT_SECRET}-2` }) });
  const { text } = await app.as('admin', 'get', '/v1/audit-log?limit=200');
  expect(text).toContain('clientSecretSet');
  for (const secret of [CLIENT_SECRET, 'PRIVATE KEY']) expect(text).not.toContain(secret);
});
