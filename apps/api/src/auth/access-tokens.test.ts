import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createAuthFixture, ISSUER } from './fixture-for-tests.ts';
import type { AuthFixture } from './fixture-for-tests.ts';

let folder: string;
let store: Store;
let clock: FakeClock;
let gateway: AuthFixture;
let userId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-auth-'));
  clock = new FakeClock();
  const process_ = { id: 'prc_1', pid: process.pid, host: 'test' };
  store = await openSqliteStore({ file: join(folder, 'a.db'), clock, process: process_ });
  gateway = await createAuthFixture(store, clock);
  await gateway.signingKeys.ensure();
  userId = (await gateway.addUser('ada@example.org', 'admin')).id;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = clock.now() / 1000;
  const times = { iat: now, exp: now + 900 };
  return { iss: ISSUER, aud: 'signalbox:users', sub: userId, role: 'admin', ...times, ...changes };
}

/** A token signed with the gateway's own key, with any header and claims. */
function signed(payload: Record<string, unknown>, header: Record<string, unknown> = {}): string {
  const { kid, privateKey } = gateway.signingKeys.current();
  const text = `${encode({ alg: 'ES256', typ: 'at+jwt', kid, ...header })}.${encode(payload)}`;
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function authenticate(token: string) {
  return gateway.authenticate(`Bearer ${token}`);
}

describe('a token of ours', () => {
  test('names its user', () => {
    const token = gateway.accessTokens.issueForUser(userId, 'admin', 900_000);
    const ada = { role: 'admin', email: 'ada@example.org', name: 'ada@example.org' };
    expect(authenticate(token)).toEqual({ kind: 'user', id: userId, ...ada });
  });

  test('the test signs as the gateway does, so that the refusals below are about what they name', () => {
    expect(authenticate(signed(claims()))).toMatchObject({ id: userId });
  });

  test('says who issued it, for whom, and with which key', () => {
    const token = gateway.accessTokens.issueForUser(userId, 'admin', 900_000);
    const decoded = jwt.decode(token, { complete: true });
    const { kid } = gateway.signingKeys.current();
    expect(decoded?.header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid });
    expect(decoded?.payload).toEqual(claims());
  });

  test('can be verified by others with the published keys alone', () => {
    const token = gateway.accessTokens.issueForUser(userId, 'admin', 900_000);
    const [jwk] = gateway.signingKeys.jwks().keys;
    expect(jwk).not.toHaveProperty('d');
    const publicKey = { key: jwk, format: 'jwk' } as unknown as jwt.Secret;
    const clockTimestamp = clock.now() / 1000;
    expect(jwt.verify(token, publicKey, { clockTimestamp })).toMatchObject({ sub: userId });
  });
});

describe('a forged token is refused', () => {
  const refused: [string, () => string][] = [
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims())}.`],
    [
      'alg none with our kid',
      () => {
        const { kid } = gateway.signingKeys.current();
        return `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${encode(claims())}.`;
      },
    ],
    ['HS256 with our public key in PEM as the secret', () => withPublicKeyAsSecret('pem')],
    ['HS256 with our public key in JWK as the secret', () => withPublicKeyAsSecret('jwk')],
    ['a foreign key under our kid', () => withForeignKey({})],
    [
      'a foreign key that the header brings along',
      () => {
        const { publicKey, privateKey } = foreignKey();
        return withForeignKey({ jwk: publicKey.export({ format: 'jwk' }) }, privateKey);
      },
    ],
    [
      'a foreign key at an address in the header',
      () => withForeignKey({ jku: 'https://x.example' }),
    ],
    ['another algorithm in the header', () => signed(claims(), { alg: 'ES384' })],
    ['another type of token', () => signed(claims(), { typ: 'JWT' })],
    ['no kid', () => signed(claims(), { kid: undefined })],
    ['an unknown kid', () => signed(claims(), { kid: 'other' })],
    ['a kid that is a path', () => signed(claims(), { kid: '../../../../dev/null' })],
    ['a kid that is a query', () => signed(claims(), { kid: "' OR 1=1 --" })],
    ['a kid that is a property of objects', () => signed(claims(), { kid: '__proto__' })],
    ['a kid that is no text', () => signed(claims(), { kid: [gateway.signingKeys.current().kid] })],
    ['expired', () => signed(claims({ exp: clock.now() / 1000 }))],
    ['without an end', () => signed(claims({ exp: undefined }))],
    ['with an end that is no number', () => signed(claims({ exp: '9999999999' }))],
    ['not valid yet', () => signed(claims({ nbf: clock.now() / 1000 + 60 }))],
    ['another audience', () => signed(claims({ aud: 'elsewhere' }))],
    ['no audience', () => signed(claims({ aud: undefined }))],
    ['a list of audiences', () => signed(claims({ aud: ['signalbox:users', 'x'] }))],
    ['the audience of sources', () => signed(claims({ aud: 'signalbox:sources' }))],
    ['another issuer', () => signed(claims({ iss: 'https://elsewhere.example' }))],
    ['no issuer', () => signed(claims({ iss: undefined }))],
    ['no subject', () => signed(claims({ sub: undefined }))],
    ['an unknown subject', () => signed(claims({ sub: 'usr_unknown' }))],
    ['another role than the user has', () => signed(claims({ role: 'operator' }))],
    ['no such role', () => signed(claims({ role: 'owner' }))],
    ['changed claims', () => withOtherClaims({ role: 'viewer' })],
    ['a cut signature', () => signed(claims()).slice(0, -4)],
    ['no signature', () => `${signed(claims()).split('.').slice(0, 2).join('.')}.`],
    ['not a token', () => 'abc'],
    ['dots alone', () => '..'],
  ];

  test.each(refused)('%s', (_, make) => {
    const token = make();
    expect(() => authenticate(token)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  });

  test('an expired token is told apart only when the signature is ours', () => {
    const expired = signed(claims({ exp: clock.now() / 1000 - 1 }));
    expect(() => authenticate(expired)).toThrow('expired');
    expect(() => authenticate(`${expired.slice(0, -8)}AAAAAAAA`)).toThrow('not valid');
  });
});

describe('the header', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['Basic', 'Basic YTpi'],
    ['without a credential', 'Bearer '],
    ['with two credentials', 'Bearer a b'],
    ['too long', `Bearer ${'a'.repeat(5000)}`],
  ])('%s is refused', (_, authorization) => {
    expect(() => gateway.authenticate(authorization)).toThrow(
      expect.objectContaining({ code: 'unauthenticated' }),
    );
  });

  test('the scheme is read in any case', () => {
    const token = gateway.accessTokens.issueForUser(userId, 'admin', 900_000);
    expect(gateway.authenticate(`bearer ${token}`)).toMatchObject({ id: userId });
  });
});

function foreignKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function withForeignKey(header: Record<string, unknown>, key = foreignKey().privateKey): string {
  const { kid } = gateway.signingKeys.current();
  const full = { alg: 'ES256', typ: 'at+jwt', kid, ...header };
  return jwt.sign(claims(), key, { algorithm: 'ES256', header: full });
}

function withPublicKeyAsSecret(form: 'pem' | 'jwk'): string {
  const { kid } = gateway.signingKeys.current();
  const key = gateway.signingKeys.publicKey(kid);
  const secret =
    form === 'pem'
      ? String(key?.export({ format: 'pem', type: 'spki' }))
      : JSON.stringify(gateway.signingKeys.jwks().keys[0]);
  return jwt.sign(claims(), secret, {
    algorithm: 'HS256',
    header: { alg: 'HS256', typ: 'at+jwt', kid },
  });
}

function withOtherClaims(changes: Record<string, unknown>): string {
  const [header, , signature] = signed(claims()).split('.');
  return [header, encode(claims(changes)), signature].join('.');
}
