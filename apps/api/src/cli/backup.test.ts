import { randomBytes } from 'node:crypto';
import { readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { startTestApp, type TestApp } from '../../test/support/start-test-app.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

const KEY = `box:${randomBytes(32).toString('base64')}`;

let bench: Bench;
let app: TestApp;
let backup: string;
beforeEach(async () => {
  bench = await createBench();
  bench.environment['SEALING_KEYS'] = KEY;
  backup = join(bench.folder, 'backup.db');
  app = await startTestApp({
    settings: { DATA_DIR: bench.folder, SEALING_KEYS: KEY },
  });
});
afterEach(async () => {
  await app.close();
  await bench.remove();
});

async function sendEvents(count: number, label = 'e'): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({
    specversion: '1.0',
    id: `${label}-${index}`,
    type: 'order.created',
    source: `/sources/${app.source.id}`,
    data: { index },
  }));
  const { status } = await app
    .send()
    .type('application/cloudevents-batch+json')
    .send(JSON.stringify(events));
  expect(status).toBe(202);
}

const count = (file: string): unknown => {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('SELECT count(*) FROM events').pluck().get();
  } finally {
    database.close();
  }
};
const drafts = async () => (await readdir(bench.folder)).filter((name) => name.includes('draft'));

describe('backup', () => {
  test('beside a gateway that goes on writing is one whole file with all that was accepted before', async () => {
    await sendEvents(200);
    const backingUp = { isDone: false };
    const writing = (async () => {
      for (let round = 0; !backingUp.isDone; round += 1) await sendEvents(20, `round-${round}`);
    })();
    const { code, json } = await bench.run('backup', backup, '--json');
    backingUp.isDone = true;
    await writing;
    expect(code).toBe(0);
    expect(json['events']).toBeGreaterThanOrEqual(200);
    expect(count(backup)).toBe(json['events']);
    expect(json['sizeBytes']).toBe((await stat(backup)).size);
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(await readdir(bench.folder)).not.toContain('backup.db-wal');
    expect(await drafts()).toEqual([]);
  });

  test('leaves a file that exists alone, unless told', async () => {
    await writeFile(backup, 'precious');
    expect(await bench.run('backup', backup)).toMatchObject({
      code: 3,
      errors: expect.stringContaining('--overwrite'),
    });
    expect(await readFile(backup, 'utf8')).toBe('precious');
    expect((await bench.run('backup', backup, '--overwrite')).code).toBe(0);
    expect(count(backup)).toBe(0);
  });

  test('of a damaged store fails and leaves no file behind', async () => {
    await sendEvents(300);
    await app.close();
    const size = (await stat(bench.file)).size;
    const database = await readFile(bench.file);
    database.fill(0xff, 8192, Math.floor(size / 2));
    await writeFile(bench.file, database);
    const { code, errors } = await bench.run('backup', backup);
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('damaged') });
    expect(await readdir(bench.folder)).not.toContain('backup.db');
    expect(await drafts()).toEqual([]);
  });

  test('refuses places that it does not know', async () => {
    expect((await bench.run('backup', 's3://bucket/key')).code).toBe(2);
    expect((await bench.run('backup', join(bench.folder, 'none', 'file'))).code).toBe(2);
  });
});

describe('a sealed backup', () => {
  test('shows nothing of the store, and is opened by its key alone', async () => {
    await sendEvents(3);
    const { code, json } = await bench.run('backup', backup, '--seal', '--json');
    expect({ code, sealedUnder: json['sealedUnder'] }).toEqual({ code: 0, sealedUnder: 'box' });
    const bytes = await readFile(backup);
    expect(bytes.includes('order.created')).toBe(false);
    expect(bytes.includes('SQLite format')).toBe(false);

    await app.close();
    bench.environment['DATA_DIR'] = join(bench.folder, 'elsewhere');
    expect(await bench.run('restore', backup, '--json')).toMatchObject({
      code: 0,
      json: { isSealed: true, events: 3, setAside: null },
    });
    bench.environment['SEALING_KEYS'] = `other:${randomBytes(32).toString('base64')}`;
    expect(await bench.run('restore', backup, '--check')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('the key box'),
    });
  });

  test.each([
    [
      'a changed byte',
      async (file: string, size: number) => {
        const bytes = await readFile(file);
        bytes.writeUInt8(bytes.readUInt8(size - 100) ^ 1, size - 100);
        await writeFile(file, bytes);
      },
    ],
    ['its last frame cut off', (file: string) => truncate(file, 1024 * 1024 + 16 + 80)],
    ['its end cut off', (file: string, size: number) => truncate(file, size - 1)],
  ])('with %s is refused', async (_, damage) => {
    // Two frames at least.
    await sendEvents(1000);
    await sendEvents(1000, 'more');
    await bench.run('backup', backup, '--seal');
    const { size } = await stat(backup);
    expect(size).toBeGreaterThan(1024 * 1024 + 200);
    await damage(backup, size);
    expect(await bench.run('restore', backup, '--check')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('damaged'),
    });
  });
});

describe('restore', () => {
  test('refuses a store in use, even when told to replace it', async () => {
    await bench.run('backup', backup);
    await sendEvents(1);
    for (const argv of [[], ['--replace']]) {
      expect(await bench.run('restore', backup, ...argv)).toMatchObject({
        code: 3,
        errors: expect.stringContaining(`in use by process ${process.pid}`),
      });
    }
    expect(count(bench.file)).toBe(1);
  });

  test('replaces a store that is not empty only when told, and keeps it', async () => {
    await sendEvents(2);
    await bench.run('backup', backup);
    await sendEvents(5, 'later');
    await app.close();
    expect(await bench.run('restore', backup)).toMatchObject({
      code: 3,
      errors: expect.stringContaining('--replace'),
    });
    const { code, json } = await bench.run('restore', backup, '--replace', '--json');
    expect(code).toBe(0);
    expect(count(bench.file)).toBe(2);
    expect(count(String(json['setAside']))).toBe(7);
    expect(await drafts()).toEqual([]);
    expect((await bench.run('doctor')).code).toBe(0);
  });

  test('keeps what was only in the write-ahead log of the replaced store', async () => {
    await sendEvents(4);
    await bench.run('backup', backup);
    await app.close();
    // As a process that died leaves it: the last commits are in the log alone.
    const writer = new Database(bench.file);
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec("DELETE FROM events WHERE event_id = 'e-0'");
    const parts = await Promise.all(
      ['', '-wal'].map(async (part) => ({ part, bytes: await readFile(bench.file + part) })),
    );
    writer.close();
    for (const { part, bytes } of parts) await writeFile(bench.file + part, bytes);

    const { json } = await bench.run('restore', backup, '--replace', '--json');
    expect(count(bench.file)).toBe(4);
    expect(count(String(json['setAside']))).toBe(3);
  });

  test('refuses a file that is no backup, and one from a newer version', async () => {
    await writeFile(backup, 'no database at all, whatever it is called'.repeat(50));
    expect(await bench.run('restore', backup, '--check')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('cannot be used'),
    });
    await bench.run('backup', backup, '--overwrite');
    const newer = new Database(backup);
    newer.pragma('user_version = 99');
    newer.close();
    expect(await bench.run('restore', backup, '--check')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('schema version 99'),
    });
    expect((await bench.run('restore', join(bench.folder, 'none.db'))).code).toBe(2);
  });
});
