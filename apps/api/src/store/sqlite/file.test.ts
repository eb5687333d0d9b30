import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';

import { FakeClock } from '../../domain/fake-clock.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type { NewEvent, Store } from '../store.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openSqliteStore } from './open.ts';

const clock = new FakeClock();
const id = createIdFactory(() => clock.now());
let folder = '';
let file = '';
let opened: Store[] = [];

async function open(options: { busyTimeoutMs?: number; file?: string } = {}): Promise<Store> {
  const process = { id: id('prc'), pid: globalThis.process.pid, host: 'here' };
  const store = await openSqliteStore({ file, clock, process, ...options });
  opened.push(store);
  return store;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-'));
  file = join(folder, 'signalbox.db');
});

afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  opened = [];
  await rm(folder, { recursive: true });
});

function eventOf(eventId: string, source: string): NewEvent {
  return {
    event: {
      id: id('evt'),
      eventId,
      source,
      type: 'order.created',
      subject: null,
      time: null,
      dataContentType: null,
      dataSchema: null,
      extensions: {},
      dataKind: 'none',
      data: null,
      sourceId: 'src_shop',
      status: 'unmatched',
      statusDetail: null,
      receivedAt: clock.now(),
      sizeBytes: 0,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    deliveries: [],
  };
}

describe('the database file', () => {
  test('of an older schema keeps its events, and what makes them unique', async () => {
    const database = new Database(file);
    migrate(database, migrations.slice(0, 1));
    database.exec(
      `INSERT INTO events VALUES (1, 'evt_old', 'order-1', '/shop', 'order.created', NULL, NULL, NULL, NULL, NULL, 2, 'src_shop', 1, NULL, 0, 0, '', NULL);
       INSERT INTO event_keys VALUES (x'00', 1);`,
    );
    database.close();
    const store = await open();
    const results = await store.append([
      eventOf('order-1', '/shop'),
      eventOf('order-2', '/shop'),
      eventOf('order-1', '/other'),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted', 'accepted']);
    expect(results[0]?.eventId).toBe('evt_old');
  });

  test('is brought to its schema once when many processes start on it together', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => open()));
    await Promise.all(stores.map((store) => store.heartbeat(clock.now())));
    await Promise.all(stores.map((store) => store.ping()));
  });

  test('from a newer version is refused, and left as it was', async () => {
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    await expect(open()).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('schema version 99'),
    });
    const after = new Database(file);
    expect(after.pragma('user_version', { simple: true })).toBe(99);
    after.close();
  });

  test('in a folder that is not there is refused with the reason', async () => {
    const missing = join(folder, 'none', 'signalbox.db');
    await expect(open({ file: missing })).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('folder'),
    });
  });

  test('that is no database is refused with the reason', async () => {
    await writeFile(
      file,
      'This is not a database, only some text that is long enough.'.repeat(100),
    );
    await expect(open()).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('damaged'),
    });
  });

  test('locked for too long rejects the write, and later ones are committed', async () => {
    const store = await open({ busyTimeoutMs: 50 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.countLoginFailure('ada', 1, 1000)).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('locked'),
      retryAfterSeconds: 1,
    });
    other.exec('ROLLBACK');
    other.close();
    expect(await store.countLoginFailure('ada', 1, 1000)).toBe(1);
  });

  test('locked for a moment only delays the write', async () => {
    const store = await open();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const writing = store.countLoginFailure('ada', 1, 1000);
    await store.ping();
    other.exec('COMMIT');
    other.close();
    expect(await writing).toBe(1);
  });

  test('keeps the audit log from being changed', async () => {
    const store = await open();
    const audit = {
      id: 'aud_1',
      at: 1,
      actor: 'system',
      action: 'made',
      subjectId: 'x',
      address: null,
    };
    const body = { name: 'a', description: '' };
    await store.insertResource(
      {
        kind: 'event-type',
        id: 'x',
        name: 'a',
        parentId: null,
        version: 1,
        body,
        createdAt: 1,
        updatedAt: 1,
      },
      { ...audit, before: null, after: body },
    );
    const other = new Database(file);
    expect(() => other.exec("UPDATE audit SET actor = 'nobody'")).toThrow('append-only');
    expect(() => other.exec('DELETE FROM audit')).toThrow('append-only');
    other.close();
  });
});
