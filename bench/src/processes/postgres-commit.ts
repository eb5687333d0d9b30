import pg from 'pg';
import type { StoredEvent } from './group-commit.ts';

interface Insert {
  events: readonly StoredEvent[];
  resolve: (fresh: boolean[]) => void;
}

// One statement, and so one transaction and one way there and back, for the outcomes and the events of a turn.
const WRITE = `
  WITH outcome AS (UPDATE event SET delivered = true WHERE id = ANY ($1::text[]))
  INSERT INTO event (id, type, data, received_at)
  SELECT id, type, data, now() FROM unnest($2::text[], $3::text[], $4::text[]) AS given (id, type, data)
  ON CONFLICT DO NOTHING RETURNING id`;

/**
 * One table in PostgreSQL with a flag for "delivered", written by one connection: while a statement is under way, the next batch
 * gathers. No attempts, no counters, no leases, no search.
 */
export async function openPostgresCommit(databaseUrl: string): Promise<{
  /** Resolves after the commit, with false for each id that was there already. */
  insertAll: (events: readonly StoredEvent[]) => Promise<boolean[]>;
  markDelivered: (id: string) => void;
}> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `CREATE TABLE event (id text PRIMARY KEY, type text NOT NULL, data text NOT NULL,
       received_at timestamptz NOT NULL, delivered boolean NOT NULL DEFAULT false)`,
  );
  let inserts: Insert[] = [];
  let delivered: string[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (inserts.length > 0 || delivered.length > 0) {
      const [batch, outcomes] = [inserts, delivered];
      inserts = [];
      delivered = [];
      const events = batch.flatMap((insert) => insert.events);
      const { rows } = await client.query<{ id: string }>({
        name: 'write',
        text: WRITE,
        values: [
          outcomes,
          events.map(({ id }) => id),
          events.map(({ type }) => type),
          events.map(({ data }) => data),
        ],
      });
      const fresh = new Set(rows.map(({ id }) => id));
      for (const { events: own, resolve } of batch) resolve(own.map(({ id }) => fresh.has(id)));
    }
    isWriting = false;
  }
  const schedule = (): void => {
    if (!isWriting) void write();
  };
  return {
    insertAll: (events) =>
      new Promise((resolve) => {
        inserts.push({ events, resolve });
        schedule();
      }),
    markDelivered: (id) => {
      delivered.push(id);
      schedule();
    },
  };
}
