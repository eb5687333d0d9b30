import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { startTestApp } from '../../test/support/start-test-app.ts';
import type { Finding } from './doctor/finding.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.remove());

async function examine(): Promise<{ code: number; of: (check: string) => Finding | undefined }> {
  const { code, json } = await bench.run('doctor', '--json');
  const findings = json['findings'] as Finding[];
  for (const { status, action } of findings) expect(action === null).toBe(status === 'ok');
  return { code, of: (check) => findings.find((one) => one.check === check) };
}

/** A store as a gateway leaves it. */
async function makeStore(): Promise<void> {
  const app = await startTestApp({ settings: { DATA_DIR: bench.folder } });
  await app.close();
}

describe('doctor', () => {
  test('before the first start warns that there is no store, and changes nothing', async () => {
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('version')?.detail).toContain(process.versions.node);
    expect(of('disk space')?.detail).toMatch(/^\d+ MiB free/);
    expect(of('store')?.status).toBe('warning');
    bench.environment['DATA_DIR'] = join(bench.folder, 'none');
    expect((await examine()).of('data folder')?.status).toBe('warning');
  });

  test('beside a running gateway finds all well and knows it', async () => {
    const app = await startTestApp({ settings: { DATA_DIR: bench.folder } });
    bench.environment['PORT'] = new URL(app.url).port;
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('port')?.detail).toMatch(/^Signalbox \S+ answers/);
    expect(of('processes')?.detail).toContain(String(process.pid));
    expect(of('sealing keys')?.status).toBe('ok');
    expect(of('admins')).toMatchObject({ status: 'ok', detail: '1 of 3 users' });
    await app.close();
  });

  test('tells what to do, line by line', async () => {
    await makeStore();
    bench.environment['SEALING_KEYS'] = `other:${randomBytes(32).toString('base64')}`;
    const { code, output } = await bench.run('doctor');
    expect(code).toBe(1);
    expect(output).toMatch(
      /FAILED +sealing keys +1 of 1 secrets cannot be opened.*\n +→ Add that key/,
    );
    expect(output).toMatch(/^ok +settings/m);
  });

  test('says that the settings are wrong, and every mistake', async () => {
    bench.environment['PORT'] = 'x';
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of('settings')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('PORT'),
    });
  });

  test('finds another program on the port', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nhello')).listen(
      0,
      '127.0.0.1',
    );
    await once(other, 'listening');
    bench.environment['PORT'] = String((other.address() as AddressInfo).port);
    expect((await examine()).of('port')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('taken by another program'),
    });
    other.close();
  });

  test('finds a store from a newer version, a damaged one, and one that an older version left', async () => {
    await makeStore();
    const setVersion = (version: number): void => {
      const database = new Database(bench.file);
      database.pragma(`user_version = ${version}`);
      database.close();
    };
    setVersion(99);
    expect((await examine()).of('store')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('schema version 99'),
    });
    setVersion(1);
    expect((await examine()).of('store')?.status).toBe('warning');
    await writeFile(bench.file, 'rubbish '.repeat(1000));
    expect((await examine()).of('store')?.status).toBe('failed');
  });

  test('finds a clock that went back, and a gateway that nobody can administer', async () => {
    await makeStore();
    const database = new Database(bench.file);
    database.exec(`INSERT INTO events (seq, id, event_id, source, type, data_kind, source_id, status, received_at, size_bytes, traceparent)
      VALUES (1, 'evt_1', '1', 's', 't', 0, 'src_1', 0, ${Date.now() + 3_600_000}, 0, '')`);
    database.exec(
      "UPDATE resources SET body = replace(body, '\"admin\"', '\"viewer\"') WHERE kind = 'user'",
    );
    database.close();
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of('clock')?.status).toBe('failed');
    expect(of('admins')).toMatchObject({
      status: 'failed',
      action: expect.stringContaining('user add'),
    });
  });
});
