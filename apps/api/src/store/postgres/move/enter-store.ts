import type pg from 'pg';
import { MOVED_TABLE_NAMES, type MovedTable } from '../../move/moved-tables.ts';
import { refuseFull } from './refuse-full.ts';

interface Progress {
  after: string | null;
  rows: number;
  isDone: boolean;
}

/**
 * Gets a database ready to take pages: goes on with an interrupted move of the same source, and empties what another source left.
 * While the table `unfinished_move` is there, no gateway starts on the database.
 * @param days the days (counted from 1970) that need partitions
 * @returns how far each table has come
 */
export async function enterStore(
  client: pg.Client,
  fingerprint: string,
  days: readonly number[],
): Promise<Map<MovedTable, Progress>> {
  await client.query('BEGIN');
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS unfinished_move (table_name text PRIMARY KEY, after text, rows bigint NOT NULL DEFAULT 0, is_done boolean NOT NULL DEFAULT false)',
    );
    const { rows: known } = await client.query<{ after: string }>(
      "SELECT after FROM unfinished_move WHERE table_name = ''",
    );
    if (known[0]?.after !== fingerprint) {
      if (known.length > 0) await empty(client);
      // A gateway may have started in between, for the first time.
      else await refuseFull(client);
      await client.query("INSERT INTO unfinished_move (table_name, after) VALUES ('', $1)", [
        fingerprint,
      ]);
      await client.query('INSERT INTO unfinished_move (table_name) SELECT unnest($1::text[])', [
        MOVED_TABLE_NAMES,
      ]);
    }
    await client.query('SELECT make_day(day) FROM unnest($1::integer[]) AS day', [days]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return readProgress(client);
}

/** The audit log guards itself against this; here it is a copy that was never in use. */
async function empty(client: pg.Client): Promise<void> {
  await client.query('ALTER TABLE audit DISABLE TRIGGER USER');
  const tables = MOVED_TABLE_NAMES.filter((table) => table !== 'counters');
  await client.query(`TRUNCATE ${tables.join(', ')}, event_keys, unfinished_move`);
  await client.query('ALTER TABLE audit ENABLE TRIGGER USER');
}

async function readProgress(client: pg.Client): Promise<Map<MovedTable, Progress>> {
  const { rows } = await client.query<{
    table_name: MovedTable;
    after: string | null;
    rows: number;
    is_done: boolean;
  }>("SELECT table_name, after, rows, is_done FROM unfinished_move WHERE table_name <> ''");
  return new Map(
    rows.map((row) => [row.table_name, { after: row.after, rows: row.rows, isDone: row.is_done }]),
  );
}
