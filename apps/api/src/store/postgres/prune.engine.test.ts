import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { FakeClock } from '../../domain/fake-clock.ts';
import { KEPT_CHANGES } from '../kept-changes.ts';
import type { Store } from '../store.ts';
import { openPostgresStore } from './open.ts';

const DATABASE = 'retention';
const DAY_MS = 86_400_000;
/** The way to the first entry of each measure, and what planning reads. All counters fill some hundred pages. */
const MOST_PAGES = 160;

const clock = new FakeClock();
const now = clock.now();

let server: PostgresServer;
let store: Store;
beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: 'off' } });
});
afterAll(() => server.remove());
beforeEach(async () => {
  const url = await server.createDatabase(DATABASE);
  const process = { id: 'prc_a', pid: globalThis.process.pid, host: 'here' };
  store = await openPostgresStore({ url, clock, process, poolSize: 2 });
});
afterEach(async () => {
  await store.close();
  await server.dropDatabase(DATABASE);
});

const PAGES = `SELECT idx_blks_hit + idx_blks_read FROM pg_statio_user_indexes WHERE indexrelname = 'rollups_pkey'`;
const run = async (sql: string) => (await server.run(sql, DATABASE)).rows as unknown[];
const prune = () => store.prune(now - 30 * DAY_MS, now, 200);

async function numberOf(sql: string): Promise<number> {
  const [row] = (await run(`SELECT (${sql}) AS number`)) as { number: string }[];
  return Number(row?.number);
}

function counters(count: number, at: number): string {
  return `INSERT INTO rollups (measure, at, source_id, type, target_id, writer, count)
    SELECT 'event.routed', ${at}, 'src_' || n, 'order.created', '', 1, 1 FROM generate_series(1, ${count}) AS n`;
}

describe('retention of what lies beside events', () => {
  test('goes straight to the counters that are outdated', async () => {
    await run(counters(20_000, now));
    await run(counters(10, 60_000));
    await run('ANALYZE');
    const before = await numberOf(PAGES);
    await prune();
    await store.close();
    const pages = (await numberOf(PAGES)) - before;
    expect(await numberOf('SELECT count(*) FROM rollups')).toBe(20_000);
    expect(pages).toBeLessThan(MOST_PAGES);
  });

  test('takes all that is outdated, however much it is', async () => {
    await run(counters(2500, 60_000));
    await run(
      `INSERT INTO login_failures (key, at) SELECT 'k', 0 FROM generate_series(1, 2500) AS n`,
    );
    await prune();
    expect(await numberOf('SELECT count(*) FROM rollups')).toBe(0);
    expect(await numberOf('SELECT count(*) FROM login_failures')).toBe(0);
  });

  test('goes on when one part of it fails, and says so', async () => {
    await run(counters(10, 60_000));
    await run(`INSERT INTO login_failures (key, at) VALUES ('k', 0)`);
    await run('ALTER TABLE refresh_tokens RENAME TO mislaid');
    await expect(prune()).rejects.toMatchObject({ code: 'internal' });
    expect(await numberOf('SELECT count(*) FROM rollups')).toBe(0);
    expect(await numberOf('SELECT count(*) FROM login_failures')).toBe(0);
  });

  test('keeps a length of the change feed, the newest rows', async () => {
    const tooMany = 2500;
    const oldest = -1_000_000;
    await run(
      `INSERT INTO changes (seq, at, item_count, resource_count)
       SELECT ${oldest} + 7 * n, ${now}, 0, 0 FROM generate_series(0, ${KEPT_CHANGES + tooMany - 1}) AS n`,
    );
    const rows = await numberOf('SELECT count(*) FROM changes');
    await prune();
    expect(await numberOf('SELECT count(*) FROM changes')).toBe(KEPT_CHANGES);
    expect(await numberOf('SELECT min(seq) FROM changes')).toBe(oldest + 7 * (rows - KEPT_CHANGES));
  });

  test('takes rows of the change feed that are outdated, but for the last one', async () => {
    await run(
      `INSERT INTO changes (seq, at, item_count, resource_count) SELECT n, 0, 0, 0 FROM generate_series(-2500, -1) AS n`,
    );
    await prune();
    expect(await numberOf('SELECT count(*) FROM changes')).toBe(1);
  });
});
