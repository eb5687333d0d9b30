import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD, startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const EMAIL = 'viewer@signalbox.example';
const login = (password = PASSWORD) =>
  app.request('post', '/v1/auth/login').send({ email: EMAIL, password });
const cookieOf = (headers: Record<string, unknown>): string =>
  String((headers['set-cookie'] as string[])[0]).split(';')[0] ?? '';

describe('signing in', () => {
  test('answers a token for scripts and a cookie out of their reach', async () => {
    const { status, body, headers } = await login();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accessToken: expect.any(String),
      expiresInSeconds: 900,
      user: { email: EMAIL, role: 'viewer' },
    });
    expect(JSON.stringify(body)).not.toContain(cookieOf(headers).split('=')[1]);
    const cookie = String((headers['set-cookie'] as unknown as string[])[0]);
    expect(cookie).toMatch(/^signalbox_refresh=/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/v1/auth'])
      expect(cookie).toContain(attribute);
    // Plain http here: the browser would not send a Secure cookie back.
    expect(cookie).not.toContain('Secure');
  });

  test('says the same of an unknown user and of a wrong password', async () => {
    const wrong = await login('wrong');
    const unknown = await app
      .request('post', '/v1/auth/login')
      .send({ email: 'nobody@example.com', password: 'wrong' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect((wrong.body as { detail: string }).detail).toBe(
      (unknown.body as { detail: string }).detail,
    );
  });
});

describe('going on', () => {
  test('a refresh cookie buys a new session and is spent', async () => {
    const first = cookieOf((await login()).headers);
    const { status, body, headers } = await app
      .request('post', '/v1/auth/refresh')
      .set('cookie', first);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { email: EMAIL } });
    expect(cookieOf(headers)).not.toBe(first);
  });

  test.each([
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ])('%s is refused', async (_name, headers) => {
    const cookie = cookieOf((await login()).headers);
    for (const path of ['/v1/auth/refresh', '/v1/auth/logout']) {
      const { status } = await app.request('post', path).set('cookie', cookie).set(headers);
      expect(status).toBe(403);
    }
    const own = await app
      .request('post', '/v1/auth/refresh')
      .set('cookie', cookie)
      .set({ origin: app.url, 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(200);
  });

  test('after signing out the cookie is worth nothing', async () => {
    const cookie = cookieOf((await login()).headers);
    const out = await app.request('post', '/v1/auth/logout').set('cookie', cookie);
    expect(out.status).toBe(204);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    const { status } = await app.request('post', '/v1/auth/refresh').set('cookie', cookie);
    expect(status).toBe(401);
  });
});

describe('a new password', () => {
  test('must be long', async () => {
    const { status } = await app
      .as('operator', 'post', '/v1/auth/password')
      .send({ currentPassword: PASSWORD, newPassword: 'short' });
    expect(status).toBe(400);
  });

  test('is taken, and the old one is worth nothing', async () => {
    const email = 'changer@example.com';
    await app.create('/v1/users', { email, name: 'C', role: 'viewer', password: PASSWORD });
    const enter = (password: string) =>
      app.request('post', '/v1/auth/login').send({ email, password });
    const { accessToken } = (await enter(PASSWORD)).body as { accessToken: string };
    const changed = await app
      .request('post', '/v1/auth/password')
      .set('authorization', `Bearer ${accessToken}`)
      .send({ currentPassword: PASSWORD, newPassword: 'another long password' });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ accessToken: expect.any(String) });
    expect((await enter(PASSWORD)).status).toBe(401);
    expect((await enter('another long password')).status).toBe(200);
  });
});

describe('POST /oauth/token', () => {
  const token = (form: Record<string, string>, authorization?: string) => {
    const request = app.request('post', '/oauth/token').type('form');
    if (authorization !== undefined) void request.set('authorization', authorization);
    return request.send(form);
  };
  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
  const grant = { grant_type: 'client_credentials' };

  test.each([['in the body'], ['with HTTP Basic']])('a source buys a token %s', async (way) => {
    const { id, key } = app.source;
    const { status, body, headers } =
      way === 'in the body'
        ? await token({ ...grant, client_id: id, client_secret: key })
        : await token(grant, basic(id, key));
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'events:write', expires_in: 3600 });
    const { access_token: accessToken } = body as { access_token: string };
    const sent = await app
      .request('post', '/v1/events')
      .set('authorization', `Bearer ${accessToken}`)
      .send({ type: 'by.token' });
    expect(sent.status).toBe(202);
  });

  test('errors have the bodies of RFC 6749', async () => {
    const { id, key } = app.source;
    const good = { ...grant, client_id: id, client_secret: key };
    const cases: [Awaited<ReturnType<typeof token>>, number, string][] = [
      [await token({}), 400, 'invalid_request'],
      [await token({ ...good, grant_type: 'password' }), 400, 'unsupported_grant_type'],
      [await token({ ...good, client_secret: 'wrong' }), 401, 'invalid_client'],
      [await token({ ...good, client_id: 'src_unknown' }), 401, 'invalid_client'],
      [await token(grant), 401, 'invalid_client'],
      [await token(good, basic(id, key)), 401, 'invalid_client'],
      [await token({ ...good, scope: 'admin' }), 400, 'invalid_scope'],
    ];
    for (const [{ status, body, headers }, expectedStatus, error] of cases) {
      expect([status, (body as { error: string }).error]).toEqual([expectedStatus, error]);
      expect((body as { error_description: string }).error_description).not.toBe('');
      if (status === 401) expect(headers['www-authenticate']).toBeDefined();
    }
    const wrongBasic = await token(grant, basic(id, 'wrong'));
    expect(wrongBasic.status).toBe(401);
    expect(wrongBasic.headers['www-authenticate']).toMatch(/^Basic/);
  });
});
