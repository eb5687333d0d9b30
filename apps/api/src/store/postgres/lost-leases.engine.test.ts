import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { claimAll, onEmptyStore } from '../conformance/fixture.ts';
import { openPostgresStore } from './open.ts';

const SILENT_MS = 8000;
const DATABASE = 'lost_leases';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());

/** Leases everything to the first process behind its back, as an answer that never comes would. */
async function leaseUnheard(): Promise<void> {
  await server.run(
    `UPDATE deliveries SET state = 1, due_at = NULL, owner = (SELECT min(number) FROM processes), fence = fence + 1`,
    DATABASE,
  );
}

describe('leases whose answer was lost', () => {
  test(
    'go back to the queue when nobody can be working on them, and those that are worked on stay',
    onEmptyStore(
      async () => {
        const url = await server.createDatabase(DATABASE);
        return {
          open: (options) => openPostgresStore({ ...options, url, poolSize: 2 }),
          remove: () => server.dropDatabase(DATABASE),
        };
      },
      async (store, fixture) => {
        const { clock, newEvent } = fixture;
        await store.append([newEvent(['tgt_a'])]);
        await leaseUnheard();
        await store.append([newEvent(['tgt_a'], { handOff: true })]);
        server.freeze();
        try {
          await expect(claimAll(store, fixture, ['tgt_a'])).rejects.toMatchObject({
            code: 'not_ready',
          });
        } finally {
          server.thaw();
        }
        expect(await store.takeOver(clock.now(), SILENT_MS)).toBe(0);
        clock.advance(5000);
        await store.heartbeat(clock.now());
        expect(await store.takeOver(clock.now(), SILENT_MS)).toBe(0);
        clock.advance(5000);
        await store.heartbeat(clock.now());
        expect(await store.takeOver(clock.now(), SILENT_MS)).toBe(1);
        expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(1);
      },
    ),
  );
});
