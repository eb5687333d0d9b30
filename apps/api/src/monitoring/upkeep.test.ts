import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createWorkload } from './fixture-for-tests.ts';
import { createFleet } from './fleet.ts';
import { createHealth } from './health.ts';
import { startOrphanWatch } from './start-orphan-watch.ts';
import { startRetention } from './start-retention.ts';
import { askedClock } from './testing/asked-clock.ts';
import { startUpkeep } from './start-upkeep.ts';

const DAY_MS = 86_400_000;
let folder: string;
let stores: Store[];
let clock: FakeClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-upkeep-'));
  clock = new FakeClock();
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  rmSync(folder, { recursive: true });
});

async function open(id: string, host: string): Promise<Store> {
  const file = join(folder, 'a.db');
  const store = await openSqliteStore({ file, clock, process: { id, pid: process.pid, host } });
  stores.push(store);
  return store;
}

const fail = (error: unknown) => {
  throw error;
};

describe('startUpkeep', () => {
  const lane = { targetId: 'tgt_a', breaker: 'closed', inFlight: 2 } as const;
  const fleet = createFleet({
    pid: 0,
    host: 'none',
    roles: ['delivery'],
    lanes: () => [lane],
    securityEvents: () => [],
    lane: () => lane,
  });

  test('says with each beat what this process does, and learns what the others do', async () => {
    const store = await open('prc_1', 'machine-1');
    const upkeep = startUpkeep({ store, clock, fleet, onTakeOver: () => {}, onError: fail });
    await upkeep.stop();
    const [living] = await store.livingProcesses(clock.now(), 1000);
    expect(living?.report).toEqual({ roles: ['delivery'], lanes: [lane] });
    expect(fleet.lane('tgt_a').inFlight).toBe(4);
    fleet.learn([]);
  });

  test('the leases of a machine that fell silent are taken over within ten seconds, and not those of one that lives', async () => {
    const silent = await open('prc_1', 'machine-1');
    const alive = await open('prc_2', 'machine-2');
    const here = await open('prc_3', 'machine-3');
    const [lost] = await createWorkload(silent, clock).accept({}, 'tgt_a');
    const [kept] = await createWorkload(alive, clock).accept({}, 'tgt_a');
    const taken: number[] = [];
    const onTakeOver = (count: number) => void taken.push(count);
    const common = { clock, fleet, onTakeOver, onError: fail };
    const upkeeps = [
      startUpkeep({ store: alive, ...common }),
      startUpkeep({ store: here, ...common }),
    ];
    for (let second = 0; second < 10 && taken.length === 0; second += 1) {
      clock.advance(1000);
      // A write behind the heartbeats: when it is done, so are they.
      for (const store of [alive, here]) {
        for (let write = 0; write < 3; write += 1) await store.clearLoginFailures('none');
      }
    }
    expect(taken).toEqual([1]);
    const lostDelivery = await here.getDelivery(lost?.delivery.id ?? '');
    const keptDelivery = await here.getDelivery(kept?.delivery.id ?? '');
    expect([lostDelivery?.state, keptDelivery?.state]).toEqual(['pending', 'delivering']);
    await Promise.all(upkeeps.map((upkeep) => upkeep.stop()));
  });

  test('a failure is reported, and the next beat comes all the same', async () => {
    let beats = 0;
    const store = {
      heartbeat: () => ((beats += 1) === 1 ? Promise.reject(new Error('gone')) : Promise.resolve()),
      takeOver: () => Promise.resolve(0),
      livingProcesses: () => Promise.resolve([]),
    };
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const upkeep = startUpkeep({ store, clock, fleet, onTakeOver: () => {}, onError });
    await Promise.resolve();
    await upkeep.stop();
    expect(errors).toHaveLength(1);

    const again = startUpkeep({ store, clock, fleet, onTakeOver: () => {}, onError });
    await settled();
    clock.advance(2000);
    await again.stop();
    expect(beats).toBe(3);
    clock.advance(60_000);
    expect(beats).toBe(3);
  });
});

describe('startOrphanWatch', () => {
  test('what waits for a target that is gone is cancelled, and says why; all else waits on', async () => {
    const store = await open('prc_1', 'here');
    const known = { loadResources: () => Promise.resolve([{ id: 'tgt_kept' }]) };
    const work = createWorkload(store, clock);
    const claims = await work.accept({}, 'tgt_gone', 'tgt_kept');
    for (const claim of claims) await work.settle(claim, 503);
    clock.advance(3 * 60_000);
    const looked = Promise.withResolvers<undefined>();
    const deps = {
      store: { ...store, ...known },
      clock: askedClock(clock, () => looked.resolve(undefined)),
      onError: fail,
    };
    const watch = startOrphanWatch(deps);
    await looked.promise;
    await watch.stop();
    const found = await Promise.all(claims.map(({ delivery }) => store.getDelivery(delivery.id)));
    expect(found.map((delivery) => [delivery?.state, delivery?.reason])).toEqual([
      ['cancelled', 'target_deleted'],
      ['retrying', 'http_503'],
    ]);
  });
});

describe('startRetention', () => {
  test('what is too old leaves in small chunks, and what is open stays', async () => {
    const store = await open('prc_1', 'here');
    const work = createWorkload(store, clock);
    for (let count = 0; count < 450; count += 1) await work.accept({});
    await work.accept({}, 'tgt_open');
    clock.advance(31 * DAY_MS);
    await work.accept({});

    const chunks: number[] = [];
    const swept = Promise.withResolvers<undefined>();
    const watched = {
      async prune(before: number, now: number, limit: number) {
        const count = await store.prune(before, now, limit);
        chunks.push(count);
        if (count < limit) swept.resolve(undefined);
        return count;
      },
    };
    const retention = startRetention({ store: watched, clock, retentionDays: 30, onError: fail });
    while (chunks.at(-1) !== 50) {
      await store.ping();
      clock.advance(50);
    }
    await swept.promise;
    await retention.stop();
    expect(chunks).toEqual([200, 200, 50]);
    const { events, deliveries } = await store.conservation();
    expect(events).toMatchObject({ routed: 1, unmatched: 1 });
    expect(deliveries).toMatchObject({ delivering: 1 });
  });

  test('a sweep that is under way when it stops is told to end, and waited for', async () => {
    let hasEnded = false;
    const store = {
      prune: (_before: number, _now: number, _limit: number, signal?: AbortSignal) =>
        new Promise<number>((resolve) => {
          signal?.addEventListener('abort', () => {
            hasEnded = true;
            resolve(0);
          });
        }),
    };
    const retention = startRetention({ store, clock, retentionDays: 30, onError: fail });
    await retention.stop();
    expect(hasEnded).toBe(true);
  });
});

describe('createHealth', () => {
  const catalogAt = (freshAt: number) => ({ freshAt: () => freshAt });
  const build = (changes: Partial<Parameters<typeof createHealth>[0]>) =>
    createHealth({
      store: { ping: () => Promise.resolve() },
      catalog: { freshAt: () => clock.now() },
      fleet: { delivers: () => true },
      dispatcher: { lookedAt: () => clock.now() },
      rateLimits: () => ({ status: 'ok', detail: 'alone' }),
      clock,
      version: '1.2.3',
      isStopping: () => false,
      ...changes,
    });

  test('a gateway whose store answers is ready', async () => {
    const health = build({ store: await open('prc_1', 'here') });
    expect(await health.ready()).toMatchObject({ status: 'ready', version: '1.2.3' });
    clock.advance(1500);
    expect(health.live()).toEqual({ status: 'live', version: '1.2.3', uptimeSeconds: 1.5 });
  });

  test('a closed store is not ready, and says why', async () => {
    const store = await open('prc_1', 'here');
    await store.close();
    const { status, checks } = await build({ store }).ready();
    expect(status).toBe('not_ready');
    expect(checks['store']).toMatchObject({ status: 'failed' });
  });

  test('a store that hangs is not ready after two seconds', async () => {
    const answer = build({ store: { ping: () => new Promise<void>(() => {}) } }).ready();
    clock.advance(2000);
    expect(await answer).toMatchObject({ status: 'not_ready' });
  });

  test('a gateway of which no process delivers takes events, and says that something is missing', async () => {
    const { status, checks } = await build({ fleet: { delivers: () => false } }).ready();
    expect([status, checks['delivery']?.status]).toEqual(['ready', 'warning']);
    expect(checks['delivery']?.detail).toContain('ROLES=delivery');
  });

  test('a process whose dispatcher no longer looks for work is not ready', async () => {
    const { status, checks } = await build({
      dispatcher: { lookedAt: () => clock.now() - 10_001 },
    }).ready();
    expect(status).toBe('not_ready');
    expect(checks['delivery']).toEqual({
      status: 'failed',
      detail: 'has not looked for work for 10 s',
    });
    expect((await build({ dispatcher: { lookedAt: () => null } }).ready()).status).toBe('ready');
  });

  test('limits that cannot be shared are said and keep no request away', async () => {
    const apart = { status: 'warning', detail: 'apart' } as const;
    const { status, checks } = await build({ rateLimits: () => apart }).ready();
    expect([status, checks['rateLimits']]).toEqual(['ready', apart]);
  });

  test('a configuration that grew stale, and a gateway that stops, are not ready', async () => {
    const stale = build({ catalog: catalogAt(clock.now() - 10_001) });
    expect((await stale.ready()).checks['configuration']).toMatchObject({ status: 'failed' });
    expect((await build({ isStopping: () => true }).ready()).status).toBe('not_ready');
  });
});

/** Lets everything that needs no outside event run to its end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
