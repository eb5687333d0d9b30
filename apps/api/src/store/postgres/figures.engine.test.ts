import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { FakeClock } from '../../domain/fake-clock.ts';
import { openPostgresStore } from './open.ts';
import { createPool } from './pool.ts';
import type { Database } from './pool.ts';
import { createFigureReads } from './reads/figures.ts';

const DATABASE = 'figures';
/** Short, so that a test sees it pass. The client itself gives up half a second later. */
const STATEMENT_LIMIT_MS = 100;
const LONGER_THAN_THE_CLIENT_WAITS = 8;

const clock = new FakeClock();

let server: PostgresServer;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());
beforeEach(async () => {
  const url = await server.createDatabase(DATABASE);
  const process = { id: 'prc_a', pid: globalThis.process.pid, host: 'here' };
  await (await openPostgresStore({ url, clock, process, poolSize: 2 })).close();
  database = createPool({ url, name: 'test', size: 3, statementTimeoutMs: STATEMENT_LIMIT_MS });
});
afterEach(async () => {
  await database.close();
  await server.dropDatabase(DATABASE);
});

/** Lets nobody read events before `release` is called. */
function holdEvents(): { held: Promise<void>; release: () => Promise<void> } {
  const held = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const holder = createPool({ url: server.url(DATABASE), name: 'holder', size: 1 });
  const holding = holder.transaction(async (query) => {
    await query('LOCK TABLE events');
    held.resolve(undefined);
    await released.promise;
  });
  return {
    held: held.promise,
    async release() {
      released.resolve(undefined);
      await holding;
      await holder.close();
    },
  };
}

describe('both sides of the law of conservation', () => {
  test('may take longer to count than other statements take, which say so when they do', async () => {
    const figures = createFigureReads(database);
    const { held, release } = holdEvents();
    await held;
    const counting = figures.conservation();
    const failures: unknown[] = [];
    for (let tries = 0; tries < LONGER_THAN_THE_CLIENT_WAITS; tries += 1) {
      const reading = database.query('SELECT 1 FROM events');
      failures.push(await reading.catch((error: unknown) => error));
    }
    await release();
    for (const failure of failures) expect(failure).toMatchObject({ code: 'not_ready' });
    expect(String(failures)).toContain('took too long');
    expect((await counting).events).toEqual({ routed: 0, unmatched: 0, quarantined: 0 });
  });

  test('are counted once for all who ask meanwhile, and anew for who asks later', async () => {
    const figures = createFigureReads(database);
    const [one, other] = [figures.conservation(), figures.conservation()];
    expect(await one).toBe(await other);
    expect(await figures.conservation()).not.toBe(await one);
  });
});

describe('counters', () => {
  test('are read with the same few statements, whatever the steps', async () => {
    const connection = createPool({ url: server.url(DATABASE), name: 'one', size: 1 });
    const figures = createFigureReads(connection);
    const prepared = async (): Promise<number> =>
      (await connection.queryOnce('SELECT name FROM pg_prepared_statements')).length;
    const request = { measures: [''], groupBy: [], from: 0, to: 2 ** 50 };
    await figures.rollups({ ...request, stepMs: 60_000 });
    const before = await prepared();
    for (const stepMs of [61_000, 62_000.5]) await figures.rollups({ ...request, stepMs });
    expect(await prepared()).toBe(before);
    await connection.close();
  });
});
