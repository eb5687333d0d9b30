import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';

import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import type { Place } from '../conformance/engine.ts';
import { onEmptyStore } from '../conformance/fixture.ts';
import type { Fixture } from '../conformance/fixture.ts';
import type { Store } from '../store.ts';
import { openPostgresStore } from './open.ts';
import { createPool } from './pool.ts';
import { readFeedEnd } from './reads/feed-end.ts';

/*
 * What the conformance suite cannot ask for: it has no way to keep a transaction open, to cut a connection, or to
 * move a database to another server.
 */

let server: PostgresServer;
let places = 0;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server.remove();
});

interface Parts extends Fixture {
  url: string;
}

function onPostgres(run: (store: Store, parts: Parts) => Promise<void>): () => Promise<void> {
  let url = '';
  const newPlace = async (): Promise<Place> => {
    places += 1;
    const name = `feed_${places}`;
    url = await server.createDatabase(name);
    return {
      open: (options) => openPostgresStore({ ...options, url, poolSize: 4 }),
      remove: () => server.dropDatabase(name),
    };
  };
  return onEmptyStore(newPlace, (store, fixture) => run(store, { ...fixture, url }));
}

async function withClients(
  url: string,
  count: number,
  run: (...clients: pg.Client[]) => Promise<void>,
): Promise<void> {
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
  try {
    await Promise.all(clients.map((client) => client.connect()));
    await run(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Begins a transaction that adds a change of its own, and leaves it open. */
async function beginChange(client: pg.Client, id: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    'INSERT INTO changes (at, item_count, resource_count, resources) VALUES (1, 1, 1, $1)',
    [JSON.stringify([['target', id]])],
  );
}

async function idsAfter(store: Store, after: string) {
  const { changes, position } = await store.changes({ after, limit: 10, thin: false });
  const ids = changes.map((change) => (change.kind === 'resource.changed' ? change.id : ''));
  return { ids, position };
}

/** Resolves when a listener is called, and stops listening. */
function heard(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.onChange(() => {
      stop();
      resolve();
    });
  });
}

describe('the change feed on PostgreSQL', () => {
  test(
    'a change that commits late is not passed over: the feed waits where it will stand, whoever commits first',
    onPostgres(async (store, { url }) => {
      await withClients(url, 3, async (early, late, third) => {
        const start = await store.changePosition();
        await beginChange(early, 'begun first');
        await beginChange(late, 'begun second');
        await beginChange(third, 'begun third');
        await third.query('COMMIT');
        await late.query('COMMIT');
        const held = await idsAfter(store, start);
        expect(held.ids).toEqual([]);
        expect(held.position).toBe(start);
        expect(await store.changePosition()).toBe(start);
        await early.query('COMMIT');
        const all = await idsAfter(store, held.position);
        expect(all.ids).toEqual(['begun first', 'begun second', 'begun third']);
        expect((await idsAfter(store, all.position)).ids).toEqual([]);
      });
    }),
  );
  test(
    'a change that is undone leaves no gap to wait for',
    onPostgres(async (store, { url }) => {
      await withClients(url, 2, async (undone, done) => {
        const start = await store.changePosition();
        await beginChange(undone, 'undone');
        await beginChange(done, 'done');
        await done.query('COMMIT');
        await undone.query('ROLLBACK');
        expect((await idsAfter(store, start)).ids).toEqual(['done']);
      });
    }),
  );
  test(
    'a thinned answer does not pass over what commits late either',
    onPostgres(async (store, { url, newEvent }) => {
      await withClients(url, 1, async (late) => {
        const start = await store.changePosition();
        await beginChange(late, 'late');
        await store.append([newEvent([]), newEvent([])]);
        const held = await store.changes({ after: start, limit: 10, thin: true });
        expect(held).toEqual({ changes: [], position: start, leftOut: 0, reset: false });
        await late.query('COMMIT');
        const all = await store.changes({ after: start, limit: 10, thin: true });
        expect(all.changes.map((change) => change.kind)).toEqual([
          'resource.changed',
          'event.accepted',
          'event.accepted',
        ]);
      });
    }),
  );
  test(
    'a long transaction in another database of the server does not hold the feed up',
    onPostgres(async (store, { newEvent }) => {
      const foreign = await server.createDatabase('foreign');
      await withClients(foreign, 1, async (client) => {
        await client.query('BEGIN');
        await client.query('CREATE TABLE long_work (n integer)');
        const start = await store.changePosition();
        await store.append([newEvent([])]);
        const { changes } = await store.changes({ after: start, limit: 10, thin: false });
        expect(changes).toHaveLength(1);
        await client.query('ROLLBACK');
      });
      await server.dropDatabase('foreign');
    }),
  );
  test(
    'a long transaction of another user does hold it up where we may not see which it is, and nothing is passed over',
    onPostgres(async (store, { url, newEvent }) => {
      const name = new URL(url).pathname.slice(1);
      await server.run('CREATE ROLE reader LOGIN');
      await server.run('CREATE ROLE writer LOGIN');
      await server.run('GRANT ALL ON ALL TABLES IN SCHEMA public TO reader, writer', name);
      const asUser = (user: string) => url.replace(/\/\/[^@]+@/, `//${user}@`);
      await withClients(asUser('writer'), 1, async (writer) => {
        const start = await store.changePosition();
        await beginChange(writer, 'of the writer');
        await store.append([newEvent([])]);
        const reader = createPool({ url: asUser('reader'), name: 'reader', size: 1 });
        const end = await readFeedEnd(reader.query);
        await reader.close();
        const running = await writer.query<{ id: string }>(
          'SELECT pg_current_xact_id()::text AS id',
        );
        expect(end).toBeLessThanOrEqual(Number(running.rows[0]?.id));
        await writer.query('COMMIT');
        const { changes } = await store.changes({ after: start, limit: 10, thin: false });
        expect(changes).toHaveLength(2);
      });
    }),
  );
  test(
    'a database that was moved to a server with smaller transaction numbers goes on, and old readers begin anew',
    onPostgres(async (store, { url, newEvent, open }) => {
      await withClients(url, 1, async (client) => {
        await client.query(
          'INSERT INTO changes (seq, at, item_count, resource_count) VALUES (900000000000, 1, 0, 0)',
        );
      });
      const again = await open();
      const start = await again.changePosition();
      expect(Number(start.slice(1))).toBeLessThan(900_000_000_000);
      const old = await again.changes({ after: 'x900000000000', limit: 10, thin: false });
      expect(old).toMatchObject({ reset: true, position: start });
      await store.append([newEvent([])]);
      const { changes } = await again.changes({ after: start, limit: 10, thin: false });
      expect(changes).toHaveLength(1);
    }),
  );
});

describe('hints on PostgreSQL', () => {
  /** Listens, and waits until the server has taken note of it. */
  async function listenOn(store: Store) {
    const counts = { hints: 0 };
    let wake = (): void => undefined;
    const stop = store.onChange(() => {
      counts.hints += 1;
      wake();
    });
    const next = () => new Promise<void>((resolve) => (wake = resolve));
    if (counts.hints === 0) await next();
    return { counts, stop, next };
  }

  test(
    'a commit of another process is heard of over the listening connection, without looking',
    onPostgres(async (store, { newEvent, open }) => {
      const other = await open();
      const listening = await listenOn(store);
      const hint = listening.next();
      // The clock stands still, so nobody looks.
      await other.append([newEvent([])]);
      await hint;
      listening.stop();
    }),
  );
  test(
    'own commits are hinted once, not again when their notice comes back',
    onPostgres(async (store, { newEvent, open }) => {
      const other = await open();
      const listening = await listenOn(store);
      const before = listening.counts.hints;
      await store.append([newEvent([])]);
      expect(listening.counts.hints).toBe(before + 1);
      const hint = listening.next();
      await other.append([newEvent([])]);
      await hint;
      expect(listening.counts.hints).toBe(before + 2);
      listening.stop();
    }),
  );
  test(
    'without the listening connection news are found by looking within 500 ms, and the connection comes back',
    onPostgres(async (store, { newEvent, open, clock }) => {
      const other = await open();
      const listening = await listenOn(store);
      const cut = await server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%listener'",
      );
      expect(cut.rowCount).toBe(1);
      await store.changePosition();
      await other.append([newEvent([])]);
      const found = listening.next();
      const progress = { isHeard: false };
      void found.then(() => (progress.isHeard = true));
      const start = clock.now();
      while (!progress.isHeard && clock.now() < start + 500) {
        clock.advance(50);
        await store.changePosition();
      }
      await found;
      // Connected again: what is said now is heard with the clock standing still.
      const isBack = async () =>
        (
          await server.run(
            "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '%listener' AND query LIKE 'LISTEN%' AND state = 'idle'",
          )
        ).rowCount;
      while ((await isBack()) === 0) clock.advance(50);
      const hint = listening.next();
      await other.append([newEvent([])]);
      clock.advance(50);
      await hint;
      listening.stop();
    }),
  );
  test(
    'who stops listening holds no connection for it',
    onPostgres(async (store) => {
      const listening = await listenOn(store);
      listening.stop();
      const count = async () =>
        (await server.run("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '%listener'"))
          .rowCount;
      while ((await count()) !== 0);
      await heard(store);
    }),
  );
});
