import { toGatewayError } from './failures.ts';
import { LOCK_ROOM } from './lock-room.ts';
import type { LockRoom } from './lock-room.ts';
import { migrations } from './migrations/index.ts';
import { createClient } from './pool.ts';

/** What can be said of a database without opening it as a store: nothing is written and nothing migrated. */
export interface PostgresInspection {
  /** Such as `15.17`. */
  serverVersion: string;
  /** The server's clock, ms since 1970. */
  serverTime: number;
  /** 0: it was never brought to a schema. */
  schemaVersion: number;
  knownSchemaVersion: number;
  /** A move from SQLite was begun and is not finished; no gateway starts. */
  isMoveUnfinished: boolean;
  /** Processes with a fresh heartbeat. */
  living: { pid: number; host: string }[];
  lockRoom: LockRoom;
}

/** Heartbeats come every two seconds; a process that was silent for longer than this is gone. */
const SILENT_MS = 10_000;

/**
 * Looks at a database.
 * @throws GatewayError `not_ready` when the server cannot be reached or refuses, saying why
 */
export async function inspectPostgres(url: string, now: number): Promise<PostgresInspection> {
  const client = createClient({ url, name: 'signalbox doctor' });
  client.on('error', () => undefined);
  const one = async <Row extends object>(sql: string): Promise<Row | undefined> =>
    (await client.query<Row>(sql)).rows[0];
  try {
    await client.connect();
    const server = await one<{ version: string; time: number; migrated: boolean; moving: boolean }>(
      `SELECT current_setting('server_version') AS version, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS time,
         to_regclass('schema_migrations') IS NOT NULL AS migrated, to_regclass('unfinished_move') IS NOT NULL AS moving`,
    );
    const schema = server?.migrated
      ? await one<{ version: number }>(
          'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
        )
      : undefined;
    const schemaVersion = schema?.version ?? 0;
    const living =
      schemaVersion === 0
        ? []
        : (
            await client.query<{ pid: number; host: string }>(
              'SELECT pid, host FROM processes WHERE heartbeat_at > $1 ORDER BY number',
              [now - SILENT_MS],
            )
          ).rows;
    const lockRoom = await one<LockRoom>(LOCK_ROOM);
    if (!lockRoom) throw new Error('The server did not tell its settings.');
    return {
      lockRoom,
      serverVersion: server?.version.split(' ')[0] ?? '',
      serverTime: server?.time ?? 0,
      schemaVersion,
      knownSchemaVersion: migrations.length,
      isMoveUnfinished: server?.moving ?? false,
      living,
    };
  } catch (error) {
    throw toGatewayError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
