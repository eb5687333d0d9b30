import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { claimAll, onEmptyStore } from '../conformance/fixture.ts';
import { openPostgresStore } from './open.ts';

const DATABASE = 'young_day';
const ROUNDS = 150;
const EVENTS_A_ROUND = 4;
/** Looking up one row by its number reads one entry of the index; settling and claiming do it twice, and the planner may ask the ends. */
const MOST_ENTRIES_A_DELIVERY = 12;

let server: PostgresServer;
beforeAll(async () => {
  // Nobody takes stock of the tables: statements are planned as for a day that has just begun.
  server = await startPostgres({ settings: { autovacuum: 'off' } });
});
afterAll(() => server.remove());

async function readEntries(): Promise<number> {
  const { rows } = await server.run(
    `SELECT sum(idx_tup_read) AS entries FROM pg_stat_user_indexes WHERE indexrelname LIKE 'deliveries%pkey' OR indexrelname LIKE 'events%pkey'`,
    DATABASE,
  );
  return Number((rows[0] as { entries: string }).entries);
}

describe('a day that has just begun', () => {
  test(
    'is not gone through by each statement that settles or claims',
    onEmptyStore(
      async () => {
        const url = await server.createDatabase(DATABASE);
        return {
          open: (options) => openPostgresStore({ ...options, url, poolSize: 2 }),
          remove: () => server.dropDatabase(DATABASE),
        };
      },
      async (store, fixture) => {
        const { newEvent, settlement } = fixture;
        for (let round = 0; round < ROUNDS; round += 1) {
          const events = Array.from({ length: EVENTS_A_ROUND }, (_, index) =>
            newEvent(['tgt_a'], { handOff: index > 0 }),
          );
          const handedOff = (await store.append(events)).flatMap(({ claims }) => claims);
          const claims = [...handedOff, ...(await claimAll(store, fixture, ['tgt_a']))];
          expect(claims).toHaveLength(EVENTS_A_ROUND);
          const results = await store.settle(claims.map((claim) => settlement(claim, 'succeeded')));
          expect(new Set(results)).toEqual(new Set(['settled']));
        }
        await store.close();
        const deliveries = ROUNDS * EVENTS_A_ROUND;
        expect(await readEntries()).toBeLessThan(MOST_ENTRIES_A_DELIVERY * deliveries);
      },
    ),
    60_000,
  );
});
