import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createAuthFixture, PASSWORD } from './fixture-for-tests.ts';
import type { AuthFixture } from './fixture-for-tests.ts';
import type { Session } from './sessions.ts';
import { REFRESH_TOKEN_MS } from './token-lives.ts';

const ADDRESS = '203.0.113.7';
const GRACE_MS = 10_000;

let folder: string;
let store: Store;
let clock: FakeClock;
let gateway: AuthFixture;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-auth-'));
  clock = new FakeClock();
  const identity = { id: 'prc_1', pid: process.pid, host: 'test' };
  store = await openSqliteStore({ file: join(folder, 'a.db'), clock, process: identity });
  gateway = await createAuthFixture(store, clock);
  await gateway.signingKeys.ensure();
  await gateway.addUser('ada@example.org', 'operator');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const login = (password = PASSWORD, email = 'ada@example.org', address = ADDRESS) =>
  gateway.sessions.login({ email, password, address });

async function faultOf(work: Promise<unknown>) {
  const { code, message, retryAfterSeconds } = (await work.then(
    () => ({ code: 'none' }),
    (error: unknown) => error,
  )) as { code: string; message?: string; retryAfterSeconds?: number };
  return { code, message, retryAfterSeconds };
}

describe('login', () => {
  test('answers a session whose access token is accepted', async () => {
    const session = await login();
    const { id } = session.user;
    const ada = { email: 'ada@example.org', name: 'ada@example.org', role: 'operator' };
    expect(session).toMatchObject({ expiresInSeconds: 900, user: { id, ...ada } });
    expect(session.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(session.refreshExpiresAt).toBe(clock.now() + REFRESH_TOKEN_MS);
    const principal = gateway.authenticate(`Bearer ${session.accessToken}`);
    expect(principal).toMatchObject({ kind: 'user', id, role: 'operator' });
  });

  test('reads the email in any case', async () => {
    expect((await login(PASSWORD, ' Ada@Example.ORG ')).user.email).toBe('ada@example.org');
  });

  test('says the same to a wrong password, an unknown account and a disabled one', async () => {
    const disabled = await gateway.addUser('bob@example.org');
    await gateway.change('user', disabled.id, { state: 'disabled' });
    const faults = [
      await faultOf(login('wrong')),
      await faultOf(login(PASSWORD, 'nobody@example.org')),
      await faultOf(login(PASSWORD, 'bob@example.org')),
    ];
    const same = { code: 'unauthenticated', message: 'Email or password is wrong.' };
    expect(faults).toEqual([same, same, same]);
    expect(gateway.reported.map(({ code }) => code)).toEqual(Array(3).fill('login_failed'));
  });
});

describe('lock-out', () => {
  async function fail(times: number, email?: string, address?: string): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      expect(await faultOf(login('wrong', email, address))).toMatchObject({
        code: 'unauthenticated',
      });
    }
  }

  test('after five failures even the right password has to wait, and is then accepted', async () => {
    await fail(5);
    expect(await faultOf(login())).toMatchObject({ code: 'locked_out', retryAfterSeconds: 30 });
    clock.advance(29_000);
    expect(await faultOf(login())).toMatchObject({ code: 'locked_out', retryAfterSeconds: 1 });
    clock.advance(1000);
    expect((await login()).user.email).toBe('ada@example.org');
  });

  test('each further failure doubles the wait, up to fifteen minutes', async () => {
    await fail(5);
    const waits: (number | undefined)[] = [];
    for (let round = 0; round < 7; round += 1) {
      const { retryAfterSeconds = 0 } = await faultOf(login());
      waits.push(retryAfterSeconds);
      clock.advance(retryAfterSeconds * 1000);
      await fail(1);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  test('an unknown account is locked out as a real one is', async () => {
    await fail(5, 'nobody@example.org');
    const fault = await faultOf(login('wrong', 'nobody@example.org'));
    expect(fault).toMatchObject({ code: 'locked_out', retryAfterSeconds: 30 });
  });

  test('a success starts the account afresh', async () => {
    await fail(4);
    await login();
    await fail(4);
    expect((await login()).user.email).toBe('ada@example.org');
  });

  test('one account in trouble does not keep the others out', async () => {
    await gateway.addUser('bob@example.org');
    await fail(5);
    expect((await login(PASSWORD, 'bob@example.org')).user.email).toBe('bob@example.org');
  });

  test('an address that tries many accounts has to wait, and others need not', async () => {
    for (let count = 0; count < 20; count += 1) await fail(1, `user${count}@example.org`);
    expect(await faultOf(login())).toMatchObject({ code: 'locked_out' });
    expect((await login(PASSWORD, undefined, '203.0.113.8')).user.email).toBe('ada@example.org');
  });

  test('all addresses of one IPv6 network count as one', async () => {
    for (let count = 0; count < 20; count += 1) {
      await fail(1, `user${count}@example.org`, `2001:db8:1:2::${count + 1}`);
    }
    const from = (address: string) => faultOf(login(PASSWORD, undefined, address));
    expect(await from('2001:db8:1:2:ffff::1')).toMatchObject({ code: 'locked_out' });
    expect(await from('2001:db8:1:3::1')).toMatchObject({ code: 'none' });
  });

  test('guesses sent together do not slip through', async () => {
    const guesses = Array.from({ length: 30 }, () => faultOf(login('wrong')));
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    const tried = codes.filter((code) => code === 'unauthenticated').length;
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThanOrEqual(6);
    expect(codes.filter((code) => code === 'locked_out')).toHaveLength(30 - tried);
  });
});

describe('refresh', () => {
  const successorOf = ({ refreshToken, refreshExpiresAt, user }: Session) => ({
    refreshToken,
    refreshExpiresAt,
    user,
  });

  test('spends the token and answers a successor that is accepted in turn', async () => {
    const session = await login();
    const second = await gateway.sessions.refresh(session.refreshToken);
    expect(second.refreshToken).not.toBe(session.refreshToken);
    const third = await gateway.sessions.refresh(second.refreshToken);
    expect(gateway.authenticate(`Bearer ${third.accessToken}`)).toMatchObject({ kind: 'user' });
  });

  test('a token that is used again later ends the whole session', async () => {
    const session = await login();
    const second = await gateway.sessions.refresh(session.refreshToken);
    clock.advance(GRACE_MS);
    const fault = await faultOf(gateway.sessions.refresh(session.refreshToken, ADDRESS));
    expect(fault.code).toBe('unauthenticated');
    expect(gateway.reported).toEqual([
      { code: 'refresh_token_reused', subjectId: session.user.id, address: ADDRESS },
    ]);
    const after = await faultOf(gateway.sessions.refresh(second.refreshToken));
    expect(after.code).toBe('unauthenticated');
  });

  test('reuse in one session leaves the other sessions of the user alone', async () => {
    const [stolen, other] = [await login(), await login()];
    await gateway.sessions.refresh(stolen.refreshToken);
    clock.advance(GRACE_MS);
    await faultOf(gateway.sessions.refresh(stolen.refreshToken));
    expect((await gateway.sessions.refresh(other.refreshToken)).user).toEqual(other.user);
  });

  test('two tabs that refresh at once get the same successor', async () => {
    const { refreshToken } = await login();
    const [first, second] = await Promise.all([
      gateway.sessions.refresh(refreshToken),
      gateway.sessions.refresh(refreshToken),
    ]);
    expect(second).toMatchObject(successorOf(first));
    clock.advance(GRACE_MS - 1);
    expect(await gateway.sessions.refresh(refreshToken)).toMatchObject(successorOf(first));
    expect((await gateway.sessions.refresh(first.refreshToken)).user).toEqual(first.user);
  });

  test('a repeat that reaches another process is answered with the same successor', async () => {
    const other = await createAuthFixture(store, clock, gateway.sealing);
    const { refreshToken } = await login();
    const first = await gateway.sessions.refresh(refreshToken);
    expect(await other.sessions.refresh(refreshToken)).toMatchObject(successorOf(first));
    expect((await other.sessions.refresh(first.refreshToken)).user).toEqual(first.user);
    expect(gateway.reported).toEqual([]);
  });

  test('a thief who profits from that is caught when the successor is spent twice', async () => {
    const { refreshToken } = await login();
    const mine = await gateway.sessions.refresh(refreshToken);
    const stolen = await gateway.sessions.refresh(refreshToken);
    await gateway.sessions.refresh(stolen.refreshToken);
    clock.advance(GRACE_MS);
    expect((await faultOf(gateway.sessions.refresh(mine.refreshToken))).code).toBe(
      'unauthenticated',
    );
    expect(gateway.reported).toMatchObject([{ code: 'refresh_token_reused' }]);
  });

  test('lasts thirty days', async () => {
    const { refreshToken } = await login();
    clock.advance(REFRESH_TOKEN_MS);
    expect((await faultOf(gateway.sessions.refresh(refreshToken))).code).toBe('unauthenticated');
  });

  test('carries a changed role', async () => {
    const { user, refreshToken } = await login();
    await gateway.change('user', user.id, { role: 'admin' });
    const { accessToken } = await gateway.sessions.refresh(refreshToken);
    expect(gateway.authenticate(`Bearer ${accessToken}`)).toMatchObject({ role: 'admin' });
  });

  test('is refused to a disabled user, for good', async () => {
    const { user, refreshToken } = await login();
    await gateway.change('user', user.id, { state: 'disabled' });
    expect((await faultOf(gateway.sessions.refresh(refreshToken))).code).toBe('unauthenticated');
    await gateway.change('user', user.id, { state: 'active' });
    expect((await faultOf(gateway.sessions.refresh(refreshToken))).code).toBe('unauthenticated');
  });

  test('an unknown token is refused', async () => {
    expect((await faultOf(gateway.sessions.refresh('x'))).code).toBe('unauthenticated');
  });
});

describe('logout', () => {
  test('ends the session, also for the tokens before and after', async () => {
    const { refreshToken } = await login();
    const { refreshToken: second } = await gateway.sessions.refresh(refreshToken);
    await gateway.sessions.logout(second);
    expect((await faultOf(gateway.sessions.refresh(second))).code).toBe('unauthenticated');
    await gateway.sessions.logout('unknown');
  });
});

describe('changePassword', () => {
  const next = 'another good phrase';

  test('ends every session, keeps the caller signed in, and the new password is accepted', async () => {
    const [here, elsewhere] = [await login(), await login()];
    clock.advance(1);
    const change = { current: PASSWORD, next };
    const session = await gateway.sessions.changePassword(here.user.id, change, ADDRESS);
    for (const old of [here, elsewhere]) {
      expect(() => gateway.authenticate(`Bearer ${old.accessToken}`)).toThrow('changed');
      const fault = await faultOf(gateway.sessions.refresh(old.refreshToken));
      expect(fault.code).toBe('unauthenticated');
    }
    expect(gateway.authenticate(`Bearer ${session.accessToken}`)).toMatchObject(here.user);
    expect((await faultOf(login())).code).toBe('unauthenticated');
    expect((await login(next)).user).toEqual(here.user);
    const { items } = await store.listAudit({}, { limit: 1, cursor: null });
    expect(items).toMatchObject([{ action: 'user.password_changed', actor: here.user.id }]);
    expect(JSON.stringify(items)).not.toContain('argon2');
  });

  test('a wrong current password changes nothing, and guessing it locks out', async () => {
    const { user } = await login();
    const change = { current: 'wrong', next };
    const attempt = () => faultOf(gateway.sessions.changePassword(user.id, change, ADDRESS));
    for (let count = 0; count < 5; count += 1) {
      expect(await attempt()).toMatchObject({ code: 'invalid_request' });
    }
    expect(await attempt()).toMatchObject({ code: 'locked_out' });
    clock.advance(30_000);
    expect((await login()).user).toEqual(user);
  });

  test('the new password must differ', async () => {
    const { user } = await login();
    const change = { current: PASSWORD, next: PASSWORD };
    const fault = await faultOf(gateway.sessions.changePassword(user.id, change, ADDRESS));
    expect(fault.code).toBe('invalid_request');
  });
});
