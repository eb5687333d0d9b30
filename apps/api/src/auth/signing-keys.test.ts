import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createAuthFixture } from './fixture-for-tests.ts';
import type { AuthFixture } from './fixture-for-tests.ts';
import { KEY_LEARNING_MS, KEY_OVERLAP_MS, USER_TOKEN_MS } from './token-lives.ts';

let folder: string;
let stores: Store[];
let clock: FakeClock;
let one: AuthFixture;
let two: AuthFixture;

// Two processes that share one database file, each with its own connection and catalogue.
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-auth-'));
  clock = new FakeClock();
  const open = (id: string) =>
    openSqliteStore({
      file: join(folder, 'a.db'),
      clock,
      process: { id, pid: process.pid, host: 'test' },
    });
  const first = await open('prc_1');
  const second = await open('prc_2');
  stores = [first, second];
  one = await createAuthFixture(first, clock);
  two = await createAuthFixture(second, clock, one.sealing);
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  rmSync(folder, { recursive: true });
});

const kidsOf = (gateway: AuthFixture) =>
  gateway.signingKeys
    .jwks()
    .keys.map((key) => key['kid'])
    .sort();

describe('ensure', () => {
  test('two processes that start at once end with one and the same key', async () => {
    await Promise.all([one.signingKeys.ensure(), two.signingKeys.ensure()]);
    expect(kidsOf(one)).toHaveLength(1);
    expect(kidsOf(two)).toEqual(kidsOf(one));
    expect(two.signingKeys.current().kid).toBe(one.signingKeys.current().kid);
  });

  test('a later start keeps the key', async () => {
    await one.signingKeys.ensure();
    const { kid } = one.signingKeys.current();
    await two.signingKeys.ensure();
    await two.signingKeys.ensure();
    expect(two.signingKeys.current().kid).toBe(kid);
  });

  test('a process with another sealing key does not start', async () => {
    await one.signingKeys.ensure();
    const stranger = await createAuthFixture(one.store, clock);
    await expect(stranger.signingKeys.ensure()).rejects.toMatchObject({ code: 'internal' });
  });

  test('the store holds the private key sealed only', async () => {
    await one.signingKeys.ensure();
    const [key] = await one.store.loadResources('signing-key');
    expect(key?.body.publicJwk).not.toHaveProperty('d');
    expect(Object.keys(key?.body.privateKey ?? {}).sort()).toEqual(['box', 'keyId']);
    expect(JSON.stringify(key)).not.toContain('PRIVATE');
  });

  test('before it nothing can be signed', () => {
    expect(() => one.signingKeys.current()).toThrow(expect.objectContaining({ code: 'not_ready' }));
  });
});

describe('rotate', () => {
  beforeEach(async () => {
    await one.signingKeys.ensure();
    await two.signingKeys.ensure();
    clock.advance(60_000);
  });

  test('a new key is published first and signs once every process knows it', async () => {
    const before = one.signingKeys.current().kid;
    const kid = await one.signingKeys.rotate('usr_1');
    expect(kid).not.toBe(before);
    expect(kidsOf(one)).toEqual([before, kid].sort());
    expect(one.signingKeys.current().kid).toBe(before);
    await two.catalog.refresh();
    clock.advance(KEY_LEARNING_MS);
    expect(one.signingKeys.current().kid).toBe(kid);
    expect(two.signingKeys.current().kid).toBe(kid);
  });

  test('nobody is signed out: a token of the old key is good for its whole life, everywhere', async () => {
    const user = await one.addUser('ada@example.org');
    await two.catalog.refresh();
    await one.signingKeys.rotate('usr_1');
    await two.catalog.refresh();
    clock.advance(KEY_LEARNING_MS - 1);
    const old = one.accessTokens.issueForUser(user.id, 'viewer', USER_TOKEN_MS);
    clock.advance(1);
    const fresh = one.accessTokens.issueForUser(user.id, 'viewer', USER_TOKEN_MS);
    clock.advance(USER_TOKEN_MS - 2);
    for (const token of [old, fresh]) {
      expect(two.authenticate(`Bearer ${token}`)).toMatchObject({ id: user.id });
    }
  });

  test('the old key is no longer published when its last token has expired', async () => {
    const before = one.signingKeys.current().kid;
    const kid = await one.signingKeys.rotate('usr_1');
    clock.advance(KEY_LEARNING_MS + KEY_OVERLAP_MS);
    expect(kidsOf(one)).toEqual([kid]);
    expect(one.signingKeys.publicKey(before)).toBeUndefined();
  });

  test('two rotations at once make one new key', async () => {
    const [first, second] = await Promise.all([
      one.signingKeys.rotate('usr_1'),
      two.signingKeys.rotate('usr_1'),
    ]);
    expect(second).toBe(first);
    await one.catalog.refresh();
    expect(kidsOf(one)).toHaveLength(2);
  });

  test('a rotation clears away keys that are long out of use', async () => {
    await one.signingKeys.rotate('usr_1');
    clock.advance(KEY_LEARNING_MS + KEY_OVERLAP_MS);
    await one.signingKeys.rotate('usr_1');
    expect(await one.store.loadResources('signing-key')).toHaveLength(2);
  });
});
