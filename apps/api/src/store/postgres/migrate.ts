import type pg from 'pg';

import { GatewayError } from '../../domain/errors.ts';
import { migrations } from './migrations/index.ts';

// Any number will do that nobody else uses in the same database.
const MIGRATION_LOCK = 7_446_217_001;

/**
 * Brings the database to the schema of this version. One process at a time: the others wait for the lock and then find
 * nothing left to do. Each step is a transaction of its own, entered in `schema_migrations` with it.
 * @param client a connection without time-outs
 * @throws GatewayError `not_ready` when a newer version has written the database, a move into it is not finished, or it does not hold UTF-8
 */
export async function migrate(
  client: pg.Client,
  now: number,
  steps: readonly string[] = migrations,
): Promise<void> {
  const encoding = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  if (encoding.rows[0]?.server_encoding !== 'UTF8') {
    throw new GatewayError('not_ready', 'The database must have the encoding UTF8.');
  }
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, applied_at bigint NOT NULL)',
    );
    await refuseUnfinishedMove(client);
    const known = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
    );
    const version = known.rows[0]?.version ?? 0;
    if (version > steps.length) {
      throw new GatewayError(
        'not_ready',
        `The database has schema version ${version}, and this version of Signalbox knows up to ${steps.length}. Start the version that wrote it, or restore a backup.`,
      );
    }
    for (const [index, step] of steps.entries()) {
      if (index >= version) await applyStep(client, step, index + 1, now);
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

/** Half a store is none: see `move/`. */
async function refuseUnfinishedMove(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string | null }>(
    "SELECT to_regclass('unfinished_move')::text AS name",
  );
  if ((rows[0]?.name ?? null) === null) return;
  throw new GatewayError(
    'not_ready',
    'A store is being moved into this database, or the move was interrupted: run the same "signalbox migrate" again, it goes on where it ended.',
  );
}

async function applyStep(
  client: pg.Client,
  step: string,
  version: number,
  now: number,
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(step);
    await client.query('INSERT INTO schema_migrations VALUES ($1, $2)', [version, now]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
