import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { FakeClock } from '../../domain/fake-clock.ts';
import { openPostgresStore } from './open.ts';
import { newJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { createPool } from './pool.ts';
import type { Database, Query } from './pool.ts';
import { dayOf, firstNumberOf } from './row-numbers.ts';
import type { WriteSession } from './write-session.ts';
import { dropDay } from './writes/drop-day.ts';

const TEMPLATE = 'template_old_day';
const DATABASE = 'old_day';
const DELIVERIES = 10_000;
/** An entry of an index in each partition, and what planning reads. The rows of the day fill some hundred. */
const MOST_PAGES = 60;

const clock = new FakeClock();
const day = dayOf(clock.now());
const first = firstNumberOf(day);

let server: PostgresServer;
let database: Database;
beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: 'off' } });
  await fillDay();
}, 60_000);
afterAll(() => server.remove());

beforeEach(async () => {
  const url = await server.createDatabase(DATABASE, { template: TEMPLATE });
  database = createPool({ url, size: 4, name: 'test' });
});
afterEach(async () => {
  await database.close();
  await server.dropDatabase(DATABASE);
});

/** A day of finished deliveries, of one event. */
async function fillDay(): Promise<void> {
  const url = await server.createDatabase(TEMPLATE);
  const process = { id: 'prc_old', pid: globalThis.process.pid, host: 'here' };
  const store = await openPostgresStore({ url, clock, process, poolSize: 2 });
  await store.close();
  await server.run(
    `INSERT INTO events (seq, id, event_id, source, type, data_kind, source_id, status, received_at, size_bytes, traceparent, words)
     VALUES (${first}, 'evt', '1', 's', 't', 0, 'src', 0, ${clock.now()}, 0, '', '')`,
    TEMPLATE,
  );
  await server.run(insertDeliveries(first, DELIVERIES), TEMPLATE);
}

function insertDeliveries(from: number, count: number, state = 3): string {
  return `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, created_at, state)
    SELECT ${from} + n, 'dlv_' || n, ${first}, 't', 'src', 'sub', 'tgt', ${clock.now()}, ${state} FROM generate_series(0, ${count - 1}) AS n`;
}

const run = (sql: string) => server.run(sql, DATABASE);

/** A process whose statements are looked at before they are run. */
function sessionOf(
  look: (sql: string, query: Query, values?: readonly unknown[]) => Promise<void>,
) {
  const journals: Journal[] = [];
  const session: WriteSession = {
    processNumber: 1,
    transact: (work, limitMs) =>
      database.transaction(
        async (query, post) => {
          const journal = newJournal(0);
          const watched: Query = async (sql, values) => {
            await look(sql, query, values);
            return query(sql, values);
          };
          const result = await work({ query: watched, post, journal });
          journals.push(journal);
          return result;
        },
        '',
        limitMs,
      ),
  };
  const counted = () =>
    journals.flatMap(({ counts }) => counts).map(({ measure, by }) => [measure, by]);
  return { session, counted };
}

const isLock = (sql: string): boolean => sql.startsWith('LOCK TABLE ONLY');
const isThere = async (): Promise<boolean> =>
  (await run("SELECT 1 FROM pg_class WHERE relkind = 'r' AND relname LIKE 'deliveries_2%'")).rows
    .length === 2;

async function drop(session: WriteSession): Promise<number> {
  return dropDay(session, day, day + 1, () => false);
}

describe('dropping a day', () => {
  test.each(['ANALYZE', 'SELECT 1'])(
    'reads next to nothing while everybody waits for it (%s)',
    async (before) => {
      await run(before);
      let isLocked = false;
      let pages = 0;
      const { session, counted } = sessionOf(async (sql, query, values) => {
        isLocked ||= isLock(sql);
        if (isLocked && sql.startsWith('SELECT')) pages += await pagesOf(query, sql, values);
      });
      expect(await drop(session)).toBe(1);
      expect(isLocked).toBe(true);
      expect(pages).toBeLessThan(MOST_PAGES);
      expect(counted()).toEqual([
        ['event.pruned', 1],
        ['delivery.pruned', DELIVERIES],
      ]);
      expect(await isThere()).toBe(false);
    },
  );

  test.each([
    ['one is opened again', `UPDATE deliveries SET state = 0 WHERE seq = ${first}`],
    ['one waits in a line', `UPDATE deliveries SET turn = 1 WHERE seq = ${first}`],
    ['one blocks a line', `UPDATE deliveries SET state = 4, turn = 2 WHERE seq = ${first}`],
    ['one is made by a replay', insertDeliveries(firstNumberOf(day + 1), 1)],
  ])('waits for the next time when meanwhile %s', async (_, change) => {
    const { session, counted } = sessionOf(async (sql) => {
      if (isLock(sql)) await run(change);
    });
    expect(await drop(session)).toBe(0);
    expect(counted()).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  test('has time to look for what is open, and little once everybody waits', async () => {
    const limits = new Set<string>();
    const { session } = sessionOf(async (sql, query) => {
      const [row] = await query<{ statement_timeout: string }>('SHOW statement_timeout');
      limits.add(
        `${isLock(sql) ? 'locking' : sql.includes('SELECT DISTINCT') ? 'looking' : 'else'} ${row?.statement_timeout ?? ''}`,
      );
    });
    expect(await drop(session)).toBe(1);
    expect([...limits]).toEqual(expect.arrayContaining(['looking 1min', 'locking 5s']));
  });

  test('is left to one of two processes', async () => {
    const other = sessionOf(() => Promise.resolve());
    const here = sessionOf(async (sql) => {
      if (isLock(sql)) expect(await drop(other.session)).toBe(0);
    });
    expect(await drop(here.session)).toBe(1);
    expect(other.counted()).toEqual([]);
    expect(await isThere()).toBe(false);
  });

  test('ends between two steps once it is told to', async () => {
    let isStopped = false;
    const { session } = sessionOf((sql) => {
      isStopped ||= sql.includes('count(*)');
      return Promise.resolve();
    });
    expect(await dropDay(session, day, day + 1, () => isStopped)).toBe(0);
    expect(await isThere()).toBe(true);
  });
});

/** How many pages a statement looks at. */
async function pagesOf(query: Query, sql: string, values?: readonly unknown[]): Promise<number> {
  const [row] = await query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
    values,
  );
  const plan = row?.['QUERY PLAN'][0].Plan ?? {};
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
}
