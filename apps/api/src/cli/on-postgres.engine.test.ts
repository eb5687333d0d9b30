import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPostgres, type PostgresServer } from '../../test/support/start-postgres.ts';
import { systemClock } from '../domain/clock.ts';
import { openPostgresStore } from '../store/postgres/open.ts';
import type { Finding } from './doctor/finding.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

const DATABASE = 'command_line';
const KEY = `k:${Buffer.alloc(32, 1).toString('base64')}`;

let server: PostgresServer;
let bench: Bench;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());
beforeEach(async () => {
  bench = await createBench();
  bench.environment['DATABASE_URL'] = await server.createDatabase(DATABASE);
  bench.environment['SEALING_KEYS'] = KEY;
});
afterEach(async () => {
  await bench.remove();
  await server.dropDatabase(DATABASE);
});

const openGateway = () =>
  openPostgresStore({
    url: server.url(DATABASE),
    clock: systemClock,
    process: { id: 'prc_gateway', pid: process.pid, host: 'elsewhere' },
    poolSize: 2,
  });

async function examine(): Promise<{ code: number; of: (check: string) => Finding | undefined }> {
  const { code, json } = await bench.run('doctor', '--json');
  const findings = json['findings'] as Finding[];
  return { code, of: (check) => findings.find((one) => one.check === check) };
}

describe('on a PostgreSQL store', () => {
  test('the doctor looks before the first start and leaves the database empty', async () => {
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('store')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('PostgreSQL'),
    });
    const tables = await server.run(
      "SELECT 1 FROM pg_tables WHERE schemaname = 'public'",
      DATABASE,
    );
    expect(tables.rows).toEqual([]);
  });

  test('the doctor finds the gateway, the clock and a move that was not finished', async () => {
    const store = await openGateway();
    await store.heartbeat(systemClock.now());
    const { of } = await examine();
    expect(of('store')).toMatchObject({ status: 'ok' });
    expect(of('clock')).toMatchObject({ status: 'ok' });
    expect(of('processes')?.detail).toContain(`${process.pid} on elsewhere`);
    await store.close();
    await server.run('CREATE TABLE unfinished_move (after text)', DATABASE);
    expect(await examine()).toMatchObject({ code: 1 });
    expect((await examine()).of('store')?.action).toContain('signalbox migrate');
  });

  test('the doctor tells when the days that are kept need more locks than the server has', async () => {
    const warnings: string[] = [];
    await (await openGateway()).close();
    expect((await examine()).of('locks')).toMatchObject({ status: 'ok' });
    bench.environment['RETENTION_DAYS'] = '365';
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('locks')).toMatchObject({
      status: 'warning',
      action: expect.stringContaining('max_locks_per_transaction to 257'),
    });
    const process = { id: 'prc_next', pid: globalThis.process.pid, host: 'elsewhere' };
    const store = await openPostgresStore({
      url: server.url(DATABASE),
      clock: systemClock,
      process,
      poolSize: 2,
      retentionDays: 365,
      onWarning: (warning) => warnings.push(warning),
    });
    await store.close();
    expect(warnings).toEqual([expect.stringContaining('max_locks_per_transaction to 257')]);
  });

  test('people are tended as on any other', async () => {
    await (await openGateway()).close();
    expect(await bench.run('user', 'add', 'ada@shop.example', '--role', 'admin')).toMatchObject({
      code: 0,
    });
    expect((await bench.run('user', 'list')).output).toMatch(/ada@shop\.example +admin +active/);
    expect((await bench.run('doctor', '--json')).json).toMatchObject({ isWell: true });
  });

  test('backups are left to the tools of the server', async () => {
    for (const command of ['backup', 'restore']) {
      expect(await bench.run(command, `${bench.folder}/file`)).toMatchObject({
        code: 2,
        errors: expect.stringContaining('pg_dump'),
      });
    }
  });
});
