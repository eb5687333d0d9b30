import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { advance, fillStore } from '../../test/support/fill-store.ts';
import { readEverything } from '../../test/support/read-everything.ts';
import { waitUntil } from '../../test/support/wait-until.ts';
import { startPostgres, type PostgresServer } from '../../test/support/start-postgres.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import type { Place } from '../store/conformance/engine.ts';
import { DEAD_PID, leaseOf, onEmptyStore, type Fixture } from '../store/conformance/fixture.ts';
import type { MovedTableReport } from '../store/move/move-store.ts';
import { openPostgresStore } from '../store/postgres/open.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Claim, Store } from '../store/store.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let server: PostgresServer;
let bench: Bench;
let clock: FakeClock;
let url: string;
let places = 0;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());
beforeEach(async () => {
  clock = new FakeClock();
  bench = await createBench(clock);
  places += 1;
  url = await server.createDatabase(`move_${places}`);
});
afterEach(() => bench.remove());

/** Does something with the SQLite store as a process that is gone afterwards. */
async function asGateway(work: (store: Store, fixture: Fixture) => Promise<void>): Promise<void> {
  await onPlace(
    (options) => openSqliteStore({ ...options, file: bench.file }),
    async (store, fixture) => {
      await work(store, fixture);
      clock.advance(Math.max(0, fixture.clock.now() - clock.now()));
    },
  );
}

/** Does something with the store in PostgreSQL. */
function asGatewayThere(work: (store: Store, fixture: Fixture) => Promise<void>): Promise<void> {
  return onPlace((options) => openPostgresStore({ ...options, url, poolSize: 4 }), work);
}

async function onPlace(
  open: Place['open'],
  work: (store: Store, fixture: Fixture) => Promise<void>,
): Promise<void> {
  await onEmptyStore(
    () => Promise.resolve({ open, remove: () => Promise.resolve() }),
    async (store, fixture) => {
      fixture.clock.advance(clock.now() - fixture.clock.now());
      await work(store, fixture);
    },
    { process: { id: `prc_${Math.random()}`, pid: DEAD_PID, host: 'here' } },
  )();
}

const identity = () => ({ id: `prc_${Math.random()}`, pid: process.pid, host: 'here' });
const openThere = () => openPostgresStore({ url, clock, process: identity(), poolSize: 4 });
const openHere = (file: string) => openSqliteStore({ file, clock, process: identity() });
const migrate = (...argv: string[]) => bench.run('migrate', '--to', url, '--json', ...argv);

async function lending<T>(opening: Promise<Store>, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening;
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('a move to PostgreSQL', () => {
  test.each([1, 2, 3])(
    'leaves nothing behind and changes nothing (%d)',
    async (seed) => {
      await asGateway((store, fixture) => fillStore(store, fixture, { rounds: 40, seed }));
      const { code, json } = await migrate();
      expect(json['error']).toBeUndefined();
      const tables = json['tables'] as MovedTableReport[];
      expect(tables.filter(({ isSame }) => !isSame)).toEqual([]);
      expect(code).toBe(0);
      expect(tables.filter(({ source }) => source.rows === 0)).toEqual([]);

      const here = await lending(openHere(String(json['setAside'])), (store) =>
        readEverything(store, clock.now()),
      );
      const there = await lending(openThere(), (store) => readEverything(store, clock.now()));
      expect(there).toEqual(here);
    },
    120_000,
  );

  test('lets the gateway go on where it was', async () => {
    let lost: Claim | undefined;
    let jobId = '';
    await asGateway(async (store, fixture) => {
      await fillStore(store, fixture, { rounds: 15, seed: 4 });
      const [result] = await store.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
      lost = result?.claims[0];
      const { items } = await store.listJobs({}, { limit: 10, cursor: null });
      jobId = items.find(({ position }) => position !== null)?.id ?? '';
    });
    const { json } = await migrate();
    await asGatewayThere(async (store, fixture) => {
      if (!lost) throw new Error('Nothing was leased.');
      // A lease from before is lost, and its delivery waits for whoever comes.
      expect(await store.settle([fixture.settlement(lost, 'succeeded')])).toEqual(['stale']);
      expect((await store.getDelivery(lost.delivery.id))?.state).toBe('pending');
      const here = await openHere(String(json['setAside']));
      const rooms = ['tgt_a', 'tgt_b', 'tgt_c', 'tgt_d'].map((targetId) => ({
        targetId,
        room: 500,
      }));
      const request = { rooms, now: fixture.clock.now(), limit: 2000 };
      const due = (claims: readonly Claim[]) =>
        claims.map(({ delivery, fence }) => `${delivery.id}/${fence}`).sort();
      const [ours, theirs] = [await here.claim(request), await store.claim(request)];
      expect(due(theirs)).toEqual(due(ours));
      expect(theirs.length).toBeGreaterThan(20);
      await store.release(theirs.map(leaseOf));
      await here.close();

      const again = { event: lost.event, deliveries: [] };
      expect(await store.append([again])).toEqual([
        expect.objectContaining({ outcome: 'duplicate' }),
      ]);
      const fresh = fixture.newEvent(['tgt_a']);
      expect(await store.append([fresh])).toEqual([
        expect.objectContaining({ outcome: 'accepted' }),
      ]);
      const newest = await store.listEvents({}, { limit: 1, cursor: null });
      expect(newest.items[0]?.id).toBe(fresh.event.id);

      expect(
        await store.beginIdempotent('POST /v1/targets key', 'body', fixture.clock.now(), 1),
      ).toMatchObject({ outcome: 'replay', answer: { status: 201 } });
      const sealedToken = { keyId: 'k1', box: 'CCCC' };
      const successor = { hash: 'later', expiresAt: fixture.clock.now() + 9, sealedToken };
      expect(
        await store.rotateRefreshToken('fresh', successor, fixture.clock.now(), 1),
      ).toMatchObject({ outcome: 'rotated' });
      expect(
        await store.rotateRefreshToken('spent', successor, fixture.clock.now() + 20_000, 1),
      ).toMatchObject({ outcome: 'reused' });
      const { counted, events, deliveries } = await store.conservation();
      const sum = (counts: Record<string, number>) =>
        Object.values(counts).reduce((a, b) => a + b, 0);
      expect(counted).toEqual({ accepted: sum(events), made: sum(deliveries) });
      // What a reader of the live stream had seen before is not taken for a place in this feed.
      const place = (await store.changePosition()).replace(/\D/g, '');
      expect((await store.changes({ after: place, limit: 10, thin: false })).reset).toBe(true);
    });
    expect(jobId).not.toBe('');
  }, 120_000);

  test('goes on with a replay in the middle: every event once', async () => {
    let total = 0;
    await asGateway(async (store, fixture) => {
      await fillStore(store, fixture, { rounds: 10, seed: 5 });
      const { events } = await store.conservation();
      total = events.routed + events.unmatched + events.quarantined;
    });
    await migrate();
    await asGatewayThere(async (store, fixture) => {
      fixture.clock.advance(1);
      await store.append([fixture.newEvent([])]);
      for (const { job, fence } of await store.claimJobs(10)) {
        while (!(await advance(store, fixture, job.id, fence, 50)));
        expect(await store.getJob(job.id)).toMatchObject({ scanned: total, made: total });
      }
    });
  }, 120_000);
});

describe('a move that is interrupted', () => {
  /** Starts the command as a process of its own and kills it as soon as some attempts, and not all, are there. */
  async function killInTheMiddle(): Promise<number> {
    const child = spawn(process.execPath, [MAIN, 'migrate', '--to', url], {
      env: { PATH: process.env['PATH'], ...bench.environment },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    let rows = 0;
    await waitUntil(
      () => 'no page of deliveries is there',
      60_000,
      async () => {
        rows = await copied('deliveries');
        return rows > 0 || child.exitCode !== null;
      },
    );
    child.kill('SIGKILL');
    await ended;
    return rows;
  }

  async function copied(table: string): Promise<number> {
    try {
      const sql = `SELECT rows FROM unfinished_move WHERE table_name = '${table}'`;
      const { rows } = await server.run(sql, `move_${places}`);
      return Number((rows[0] as { rows: string } | undefined)?.rows ?? 0);
    } catch {
      return 0;
    }
  }

  const fill = (count: number) =>
    asGateway(async (store, fixture) => {
      await fillStore(store, fixture, { rounds: 5, seed: 6 });
      for (let sent = 0; sent < count; sent += 1000) {
        await store.append(
          Array.from({ length: 1000 }, () => fixture.newEvent(['tgt_a', 'tgt_b', 'tgt_c'])),
        );
      }
    });

  test('goes on where it was killed, copies no page twice, and lets no gateway in before the end', async () => {
    await fill(10_000);
    const there = await killInTheMiddle();
    expect(there).toBeGreaterThan(0);
    await expect(openThere()).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('signalbox migrate'),
    });
    const { code, json, errors } = await migrate();
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(errors).toContain('Going on with an interrupted move');
    const tables = json['tables'] as MovedTableReport[];
    expect(tables.filter(({ isSame }) => !isSame)).toEqual([]);
    const of = (name: string) => tables.find(({ table }) => table === name);
    expect(of('events')).toMatchObject({ resumed: of('events')?.source.rows });
    expect(of('deliveries')?.resumed).toBeGreaterThanOrEqual(there);
    expect(of('deliveries')?.resumed).toBeLessThan(of('deliveries')?.source.rows ?? 0);
    await (await openThere()).close();
  }, 180_000);

  test('begins anew when the store was used in between', async () => {
    await fill(5000);
    await killInTheMiddle();
    let id = '';
    await asGateway(async (store, fixture) => {
      const item = fixture.newEvent(['tgt_a']);
      id = item.event.id;
      await store.append([item]);
    });
    const { code, errors } = await migrate();
    expect({ code, errors }).toEqual({ code: 0, errors: expect.stringContaining('begins anew') });
    await lending(openThere(), async (store) => expect(await store.getEvent(id)).not.toBeNull());
  }, 180_000);

  test('finds a row that was changed there, and opens the database to nobody', async () => {
    await fill(1000);
    await killInTheMiddle();
    await server.run(
      "UPDATE events SET subject = 'changed' WHERE seq = (SELECT min(seq) FROM events)",
      `move_${places}`,
    );
    const { code, json } = await migrate();
    expect(code).toBe(1);
    const tables = json['tables'] as MovedTableReport[];
    expect(tables.filter(({ isSame }) => !isSame).map(({ table }) => table)).toEqual(['events']);
    await expect(openThere()).rejects.toMatchObject({ code: 'not_ready' });
    expect(existsSync(bench.file)).toBe(true);
  }, 180_000);
});

describe('a move is refused, and nothing is changed,', () => {
  test('while a gateway runs on the store', async () => {
    await asGateway((store, fixture) => fillStore(store, fixture, { rounds: 1, seed: 7 }));
    await lending(openHere(bench.file), async (store) => {
      await store.heartbeat(clock.now());
      expect(await migrate()).toMatchObject({
        code: 3,
        json: { error: { code: 'refused', message: expect.stringContaining(String(process.pid)) } },
      });
    });
    expect(existsSync(bench.file)).toBe(true);
    expect((await migrate()).code).toBe(0);
  }, 60_000);

  test('when a store, or another program, is in the database', async () => {
    await asGateway((store, fixture) => fillStore(store, fixture, { rounds: 1, seed: 8 }));
    await server.run('CREATE TABLE visitors (id integer)', `move_${places}`);
    expect(await migrate()).toMatchObject({
      code: 3,
      json: { error: { message: expect.stringContaining('"visitors"') } },
    });
    await server.run('DROP TABLE visitors', `move_${places}`);
    expect((await migrate('--keep')).code).toBe(0);
    expect(existsSync(bench.file)).toBe(true);
    expect(await migrate()).toMatchObject({
      code: 3,
      json: { error: { message: expect.stringContaining('holds a Signalbox store already') } },
    });
  }, 60_000);

  test('when the server cannot be reached, or the URL is none', async () => {
    await asGateway((store, fixture) => fillStore(store, fixture, { rounds: 1, seed: 9 }));
    const unreachable = spawnSync(
      process.execPath,
      [MAIN, 'migrate', '--to', 'postgres://nobody@127.0.0.1:1/none'],
      { env: { PATH: process.env['PATH'], ...bench.environment }, encoding: 'utf8' },
    );
    expect(unreachable).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The database cannot be reached'),
    });
    expect((await bench.run('migrate')).code).toBe(2);
    expect((await bench.run('migrate', '--to', 'mysql://x')).code).toBe(2);
    expect(existsSync(bench.file)).toBe(true);
  }, 60_000);
});
