import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { waitUntil } from '../../../test/support/wait-until.ts';
import { claimAll, first, onEmptyStore } from '../conformance/fixture.ts';
import type { Fixture } from '../conformance/fixture.ts';
import type { Claim, Store } from '../store.ts';
import { newJournal } from './journal.ts';
import { openPostgresStore } from './open.ts';
import { dayOf } from './row-numbers.ts';
import { carryForward } from './writes/carry-forward.ts';

const DAY_MS = 86_400_000;
const DATABASE = 'carried';
const WAITING = "SELECT 1 AS one FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());

function onStore(run: (store: Store, fixture: Fixture) => Promise<void>) {
  return onEmptyStore(async () => {
    const url = await server.createDatabase(DATABASE);
    return {
      open: (options) => openPostgresStore({ ...options, url, poolSize: 4 }),
      remove: () => server.dropDatabase(DATABASE),
    };
  }, run);
}

/** Carries a day forward, and commits only when what is begun meanwhile waits for it. */
async function carryDuring<T>(day: number, begin: () => Promise<T>): Promise<T> {
  const mover = new pg.Client({ connectionString: server.url(DATABASE) });
  await mover.connect();
  try {
    const query = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await mover.query<Row>(text, [...values])).rows;
    await query('SELECT make_day($1)', [day + 2]);
    await query('BEGIN');
    await carryForward({ query, post: () => undefined, journal: newJournal(0) }, day, day + 2);
    const begun = begin();
    begun.catch(() => undefined);
    await waitUntil(
      () => 'nothing waits for what is carried',
      30_000,
      async () => (await query(WAITING)).length > 0,
    );
    await query('COMMIT');
    return await begun;
  } finally {
    await mover.end();
  }
}

async function appendOne(
  store: Store,
  { newEvent }: Fixture,
  options: Parameters<Fixture['newEvent']>[1],
): Promise<Claim | undefined> {
  const [result] = await store.append([newEvent(['tgt_a'], options)]);
  return result?.claims[0];
}

describe('while a day is carried forward', () => {
  test(
    'the turn of a line goes to the one that waits, wherever it lies',
    onStore(async (store, fixture) => {
      const now = fixture.clock.now();
      const key = { orderingKey: 'order-7' };
      const leading = await appendOne(store, fixture, {
        ...key,
        handOff: true,
        event: { receivedAt: now + DAY_MS },
      });
      if (!leading) throw new Error('It was handed off.');
      await appendOne(store, fixture, key);
      const results = await carryDuring(dayOf(now), () =>
        store.settle([fixture.settlement(leading, 'succeeded')]),
      );
      expect(results).toEqual(['next_due']);
      expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(1);
    }),
  );

  test(
    'a lease that is given back goes back to the queue',
    onStore(async (store, fixture) => {
      const { clock } = fixture;
      const claim = await appendOne(store, fixture, { handOff: true });
      if (!claim) throw new Error('It was handed off.');
      const { delivery, fence } = claim;
      await carryDuring(dayOf(clock.now()), () =>
        store.release([{ deliveryId: delivery.id, fence }]),
      );
      for (let looks = 0; looks < 3; looks += 1) {
        await store.heartbeat(clock.now());
        await store.takeOver(clock.now(), 60_000);
        clock.advance(10_000);
      }
      expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(1);
    }),
  );

  test(
    'a person can retry what is being moved',
    onStore(async (store, fixture) => {
      const item = fixture.newEvent(['tgt_a', 'tgt_b'], { handOff: true });
      const [result] = await store.append([item]);
      const claim = first(result?.claims ?? []);
      await store.settle([fixture.settlement(claim, 'dead')]);
      const at = fixture.clock.now();
      const retried = await carryDuring(dayOf(at), () =>
        store.retryDelivery(claim.delivery.id, at, fixture.audit()),
      );
      expect(retried.state).toBe('pending');
    }),
  );
});
