import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { ensureFirstAdmin } from './first-admin.ts';
import { verifyPassword } from './verify-password.ts';

const clock = new FakeClock();
let folder: string;
let stores: Store[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-auth-'));
  const open = (id: string) =>
    openSqliteStore({
      file: join(folder, 'a.db'),
      clock,
      process: { id, pid: process.pid, host: 'test' },
    });
  stores = [await open('prc_1'), await open('prc_2')];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  rmSync(folder, { recursive: true });
});

function ensure(process: 0 | 1, settings: { email?: string; password?: string } = {}) {
  const store = stores[process];
  if (!store) throw new Error('no store');
  return ensureFirstAdmin({ store, clock, ids: createIdFactory(() => clock.now()) }, settings);
}

const users = () => stores[0]?.loadResources('user') ?? Promise.resolve([]);

describe('ensureFirstAdmin', () => {
  test('makes an admin with the given email and password', async () => {
    const settings = { email: 'Ada@Example.org', password: 'correct horse battery' };
    const made = { created: true, email: 'ada@example.org', oneTimePassword: null };
    expect(await ensure(0, settings)).toEqual(made);
    const [user] = await users();
    expect(user?.body).toMatchObject({ email: 'ada@example.org', role: 'admin', state: 'active' });
    expect(await verifyPassword(settings.password, user?.body.passwordHash ?? null)).toBe(true);
  });

  test('makes up a readable password when none is given', async () => {
    const { email, oneTimePassword } = await ensure(0);
    expect(email).toBe('admin@signalbox.local');
    expect(oneTimePassword).toMatch(/^([a-hjkmnp-tv-z2-9]{5}-){3}[a-hjkmnp-tv-z2-9]{5}$/);
    const [user] = await users();
    expect(await verifyPassword(oneTimePassword ?? '', user?.body.passwordHash ?? null)).toBe(true);
  });

  test('changes nothing once there is a user', async () => {
    await ensure(0);
    const [before] = await users();
    const later = await ensure(1, {
      email: 'other@example.org',
      password: 'correct horse battery',
    });
    expect(later).toMatchObject({ created: false, oneTimePassword: null });
    expect(await users()).toEqual([before]);
  });

  test('of two processes that start at once, one makes it and only its password is shown', async () => {
    const made = await Promise.all([ensure(0), ensure(1)]);
    expect(made.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(made.filter(({ oneTimePassword }) => oneTimePassword !== null)).toHaveLength(1);
    expect(await users()).toHaveLength(1);
  });
});
