import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { onEmptyStore } from '../conformance/fixture.ts';
import { openPostgresStore } from './open.ts';

/* How the index of words is kept is the server's own; the suite sees only that everything is found. */

const EVENTS = 100;
const WORDS = 400;

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server.remove();
});

async function pendingPages(): Promise<number> {
  const { rows } = await server.run(
    `SELECT sum((pgstatginindex(inhrelid)).pending_pages) AS pages FROM pg_inherits WHERE inhparent = 'events_words'::regclass`,
    'words',
  );
  return Number((rows as { pages: string }[])[0]?.pages);
}

describe('the index of words on PostgreSQL', () => {
  test(
    'new words are worked in by the gateway while events come in, not by the transaction that finds the list full',
    onEmptyStore(
      async () => {
        const url = await server.createDatabase('words');
        await server.run('CREATE EXTENSION pgstattuple', 'words');
        return {
          open: (options) => openPostgresStore({ ...options, url, poolSize: 4 }),
          remove: () => server.dropDatabase('words'),
        };
      },
      async (store, { newEvent }) => {
        const batch = (round: number) =>
          Array.from({ length: EVENTS }, (_, index) => {
            const word = (place: number) => `w${round}x${index}x${place}`;
            const text = Array.from({ length: WORDS }, (_one, place) => word(place)).join(' ');
            return newEvent([], { event: { data: Buffer.from(text), dataKind: 'binary' } });
          });
        await store.append(batch(0));
        // 400 KB: they wait in the list.
        expect(await pendingPages()).toBeGreaterThan(10);
        for (let round = 1; round < 4; round += 1) await store.append(batch(round));
        // Past a megabyte they are worked in, apart from any append.
        while ((await pendingPages()) > 150);
      },
    ),
    60_000,
  );
});
