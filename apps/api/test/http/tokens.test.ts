import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { createAccessTokens } from '../../src/auth/access-tokens.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { FakeClock } from '../../src/domain/fake-clock.ts';
import { describeEmbedded } from '../support/shape.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
let header: { kid: string };
let claims: Record<string, unknown>;
let publicKey: KeyObject;
beforeAll(async () => {
  app = await startTestApp();
  const decoded = jsonwebtoken.decode(app.tokens.admin, { complete: true });
  header = decoded?.header as { kid: string };
  claims = decoded?.payload as Record<string, unknown>;
  const { body } = await app.request('get', '/.well-known/jwks.json');
  const [jwk] = (body as { keys: JsonWebKey[] }).keys;
  publicKey = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
});
afterAll(() => app.close());

const statusWith = async (token: string) => {
  const { status } = await app
    .request('get', '/v1/auth/me')
    .set('authorization', `Bearer ${token}`);
  return status;
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  test('that we made is good, and its key is public', async () => {
    expect(await statusWith(app.tokens.admin)).toBe(200);
    const options = { algorithms: ['ES256' as const] };
    expect(jsonwebtoken.verify(app.tokens.admin, publicKey, options)).toMatchObject({
      sub: claims['sub'],
    });
    expect(publicKey.asymmetricKeyType).toBe('ec');
  });

  test('without a signature is refused, whatever it calls its algorithm', async () => {
    for (const alg of ['none', 'None', 'NONE', ''])
      expect(
        await statusWith(`${part({ alg, typ: 'at+jwt', kid: header.kid })}.${part(claims)}.`),
      ).toBe(401);
  });

  test('that uses our public key as a shared secret is refused', async () => {
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const algorithm of ['HS256', 'HS384', 'HS512'] as const) {
      const signed = `${part({ alg: algorithm, typ: 'at+jwt', kid: header.kid })}.${part(claims)}`;
      const mac = createHmac(`sha${algorithm.slice(2)}`, pem)
        .update(signed)
        .digest('base64url');
      expect(await statusWith(`${signed}.${mac}`)).toBe(401);
    }
  });

  test('of a foreign key is refused, also under our key id or with the key inside', async () => {
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const options = { algorithm: 'ES256' as const, noTimestamp: true };
    const ours = { alg: 'ES256' as const, typ: 'at+jwt', kid: header.kid };
    const jwk = foreign.publicKey.export({ format: 'jwk' });
    for (const head of [ours, { ...ours, kid: 'unknown' }, { ...ours, jwk }]) {
      const token = jsonwebtoken.sign(claims, foreign.privateKey, {
        ...options,
        header: head,
      });
      expect(await statusWith(token)).toBe(401);
    }
  });

  test('whose claims were changed is refused', async () => {
    const [head, , signature] = app.tokens.viewer.split('.');
    const viewer = jsonwebtoken.decode(app.tokens.viewer) as Record<string, unknown>;
    for (const change of [{ role: 'admin' }, { sub: claims['sub'] }, { exp: 4_000_000_000 }]) {
      const forged = `${head ?? ''}.${part({ ...viewer, ...change })}.${signature ?? ''}`;
      expect(await statusWith(forged)).toBe(401);
    }
  });

  test("of a source opens no user's door, and the other way round", async () => {
    const { body } = await app.request('post', '/oauth/token').type('form').send({
      grant_type: 'client_credentials',
      client_id: app.source.id,
      client_secret: app.source.key,
    });
    expect(await statusWith((body as { access_token: string }).access_token)).toBe(403);
    const { status } = await app.as('admin', 'post', '/v1/events').send({ type: 'a' });
    expect(status).toBe(403);
  });

  test.each([['garbage'], ['a.b.c'], ['..'], ['eyJhbGciOiJFUzI1NiJ9..'], ['x'.repeat(10_000)]])(
    'that is none is refused: %s',
    async (token) => {
      expect(await statusWith(token)).toBe(401);
    },
  );
});

test('a token signed by us for another audience or issuer is refused', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeys = {
    current: () => ({ kid: 'k', privateKey: pair.privateKey }),
    publicKey: () => pair.publicKey,
  };
  const tokens = createAccessTokens({ signingKeys, issuer: 'signalbox', clock: systemClock });
  const base = jsonwebtoken.decode(tokens.issueForUser('usr_a', 'viewer', 60_000)) as object;
  const sign = (change: object) =>
    jsonwebtoken.sign({ ...base, ...change }, pair.privateKey, {
      algorithm: 'ES256',
      header: { alg: 'ES256', typ: 'at+jwt', kid: 'k' },
    });
  expect(tokens.verify(sign({}))).toMatchObject({ kind: 'user' });
  expect(() => tokens.verify(sign({ aud: 'elsewhere' }))).toThrow();
  expect(() => tokens.verify(sign({ iss: 'elsewhere' }))).toThrow();
});

describeEmbedded('time', 'a fake clock reaches one process only', () => {
  test('a token is refused once its 15 minutes are over', async () => {
    const clock = new FakeClock(Date.now());
    const later = await startTestApp({ clock });
    try {
      expect((await later.as('admin', 'get', '/v1/auth/me')).status).toBe(200);
      clock.advance(15 * 60_000 + 1000);
      const { status, headers } = await later.as('admin', 'get', '/v1/auth/me');
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toContain('error="invalid_token"');
    } finally {
      await later.close();
    }
  });
});
