import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createAuthFixture } from './fixture-for-tests.ts';
import type { AuthFixture } from './fixture-for-tests.ts';
import { createSourceKey } from './source-keys.ts';
import { SOURCE_TOKEN_MS, USER_TOKEN_MS } from './token-lives.ts';

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
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Uses a credential once, so that it is remembered, and answers a function that uses it again. */
function remembered(credential: string): () => unknown {
  const use = () => gateway.authenticate(`Bearer ${credential}`);
  expect(use()).toBeDefined();
  expect(use()).toEqual(use());
  return use;
}

const unauthenticated = expect.objectContaining({ code: 'unauthenticated' });

describe('a source key', () => {
  test('names its source and itself', async () => {
    const source = await gateway.addSource('shop');
    const { id, key } = await gateway.addKey(source.id);
    expect(key).toMatch(/^sbk_[\w-]{43}$/);
    const principal = { kind: 'source', id: source.id, keyId: id };
    expect(gateway.authenticate(`Bearer ${key}`)).toEqual(principal);
  });

  test('that nobody made is refused and reported', () => {
    const { key } = createSourceKey();
    expect(() => gateway.authenticate(`Bearer ${key}`)).toThrow(unauthenticated);
    expect(gateway.reported).toMatchObject([{ code: 'unknown_source_key' }]);
  });

  test('is refused at once when it is revoked, however often it was used', async () => {
    const source = await gateway.addSource('shop');
    const { id, key } = await gateway.addKey(source.id);
    const use = remembered(key);
    await gateway.remove('source-key', id);
    expect(use).toThrow(unauthenticated);
  });

  test('is refused from the moment it expires', async () => {
    const source = await gateway.addSource('shop');
    const { key } = await gateway.addKey(source.id, clock.now() + 1000);
    const use = remembered(key);
    clock.advance(999);
    expect(use()).toBeDefined();
    clock.advance(1);
    expect(use).toThrow(unauthenticated);
  });

  test('is refused while its source is disabled, and is accepted again after', async () => {
    const source = await gateway.addSource('shop');
    const { key } = await gateway.addKey(source.id);
    const use = remembered(key);
    await gateway.change('source', source.id, { state: 'disabled' });
    expect(use).toThrow('disabled');
    await gateway.change('source', source.id, { state: 'active' });
    expect(use()).toBeDefined();
  });

  test('leaves with its source', async () => {
    const source = await gateway.addSource('shop');
    const { key } = await gateway.addKey(source.id);
    const use = remembered(key);
    await gateway.remove('source', source.id);
    expect(use).toThrow(unauthenticated);
  });
});

describe("a user's access token", () => {
  async function signedIn() {
    const user = await gateway.addUser('ada@example.org', 'operator');
    const token = gateway.accessTokens.issueForUser(user.id, 'operator', USER_TOKEN_MS);
    return { user, use: remembered(token) };
  }

  test('lives fifteen minutes, remembered or not', async () => {
    const { use } = await signedIn();
    clock.advance(15 * 60_000 - 1);
    expect(use()).toBeDefined();
    clock.advance(1);
    expect(use).toThrow('expired');
  });

  test('is refused when the user is disabled', async () => {
    const { user, use } = await signedIn();
    await gateway.change('user', user.id, { state: 'disabled' });
    expect(use).toThrow(unauthenticated);
    expect(gateway.reported).toMatchObject([
      { code: 'revoked_credential_used', subjectId: user.id },
    ]);
  });

  test('is refused when the role changes, up or down', async () => {
    const { user, use } = await signedIn();
    await gateway.change('user', user.id, { role: 'viewer' });
    expect(use).toThrow(unauthenticated);
    await gateway.change('user', user.id, { role: 'admin' });
    expect(use).toThrow(unauthenticated);
  });

  test('is refused when it is older than the tokens that the user accepts', async () => {
    const { user, use } = await signedIn();
    clock.advance(1);
    await gateway.change('user', user.id, { tokensValidFrom: clock.now() });
    expect(use).toThrow(unauthenticated);
    const fresh = gateway.accessTokens.issueForUser(user.id, 'operator', USER_TOKEN_MS);
    expect(remembered(fresh)()).toMatchObject({ id: user.id });
  });

  test('is refused when the user is deleted', async () => {
    const { user, use } = await signedIn();
    await gateway.remove('user', user.id);
    expect(use).toThrow(unauthenticated);
  });

  test('is refused when the key that signed it is deleted', async () => {
    const { use } = await signedIn();
    const [key] = await store.loadResources('signing-key');
    await gateway.remove('signing-key', key?.id ?? '');
    expect(use).toThrow(unauthenticated);
  });
});

describe("a source's access token", () => {
  async function bought(expiresAt: number | null = null) {
    const source = await gateway.addSource('shop');
    const { id, key } = await gateway.addKey(source.id, expiresAt);
    const issued = gateway.sourceTokens.issue({ clientId: source.id, clientSecret: key });
    return { source, keyId: id, key, issued, use: remembered(issued.accessToken) };
  }

  test('is bought with a key and names source and key', async () => {
    const { source, keyId, issued, use } = await bought();
    expect(issued).toMatchObject({ expiresInSeconds: 3600, scope: 'events:write' });
    expect(use()).toEqual({ kind: 'source', id: source.id, keyId });
    clock.advance(SOURCE_TOKEN_MS);
    expect(use).toThrow('expired');
  });

  test('never outlives the key', async () => {
    const { issued, use } = await bought(clock.now() + 60_000);
    expect(issued.expiresInSeconds).toBe(60);
    clock.advance(60_000);
    expect(use).toThrow(unauthenticated);
  });

  test('is refused when the key is revoked or the source disabled', async () => {
    const { source, keyId, use } = await bought();
    await gateway.change('source', source.id, { state: 'disabled' });
    expect(use).toThrow(unauthenticated);
    await gateway.change('source', source.id, { state: 'active' });
    expect(use()).toBeDefined();
    await gateway.remove('source-key', keyId);
    expect(use).toThrow(unauthenticated);
  });

  test('is not sold to a wrong client, for a wrong secret, or to a disabled source', async () => {
    const { source, key } = await bought();
    const other = await gateway.addSource('other');
    const issue = (clientId: string, clientSecret: string) => () =>
      gateway.sourceTokens.issue({ clientId, clientSecret });
    expect(issue(other.id, key)).toThrow(unauthenticated);
    expect(issue(source.id, createSourceKey().key)).toThrow(unauthenticated);
    expect(issue(source.id, 'x')).toThrow(unauthenticated);
    await gateway.change('source', source.id, { state: 'disabled' });
    expect(issue(source.id, key)).toThrow(unauthenticated);
  });

  test('has one scope', async () => {
    const { source, key } = await bought();
    const client = { clientId: source.id, clientSecret: key };
    expect(gateway.sourceTokens.issue({ ...client, scope: 'events:write' }).scope).toBe(
      'events:write',
    );
    expect(() => gateway.sourceTokens.issue({ ...client, scope: 'admin' })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
