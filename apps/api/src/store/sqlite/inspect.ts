import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GatewayError } from '../../domain/errors.ts';
import { toError, toFailure } from './failures.ts';
import { migrations } from './migrations/index.ts';
import { isProcessGone } from '../process-identity.ts';

/** What can be said of a database file without opening it as a store: nothing is written and nothing migrated. */
export interface SqliteInspection {
  /** Of the file. */
  schemaVersion: number;
  /** Of this version of Signalbox. */
  knownSchemaVersion: number;
  /** Whether there is any event, delivery or record of configuration. */
  isEmpty: boolean;
  /** Processes that work on the file now. */
  living: { pid: number; host: string; heartbeatAt: number }[];
  /** When the newest event came, or null. */
  newestEventAt: number | null;
}

/** Heartbeats come every two seconds; a process of another machine that was silent for longer than this is gone. */
const SILENT_MS = 10_000;

const TABLES_WITH_CONTENT = ['events', 'deliveries', 'resources'];

/**
 * Looks at a database file. Null: there is none.
 * @throws GatewayError `not_ready` when it is damaged or cannot be read, saying why
 */
export function inspectSqliteFile(
  file: string,
  { host, now }: { host: string; now: number },
): SqliteInspection | null {
  if (!existsSync(file)) return null;
  return readSqliteFile(file, (database) => {
    const schemaVersion = Number(database.pragma('user_version', { simple: true }));
    if (schemaVersion === 0 || schemaVersion > migrations.length)
      return unknownSchema(schemaVersion);
    return {
      schemaVersion,
      knownSchemaVersion: migrations.length,
      isEmpty: TABLES_WITH_CONTENT.every((table) => isTableEmpty(database, table)),
      living: livingProcesses(database, host, now),
      newestEventAt: database
        .prepare<[], number | null>('SELECT max(received_at) FROM events')
        .pluck()
        .get() as number | null,
    };
  });
}

/** Lends a connection that can only read; failures of the file become `not_ready`. */
export function readSqliteFile<T>(file: string, work: (database: Database.Database) => T): T {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return work(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw explainFileFailure(error);
  }
}

/** Whatever is wrong when a whole file is read or copied, the file is at fault. */
export function explainFileFailure(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const known = toError(toFailure(error));
  if (known.code === 'not_ready') return known;
  const reason = error instanceof Error ? error.message : String(error);
  return new GatewayError('not_ready', `The database is damaged: ${reason}.`, { cause: error });
}

/** A file that was never brought to a schema is empty; of a newer one nothing is known, so it counts as full. */
function unknownSchema(schemaVersion: number): SqliteInspection {
  return {
    schemaVersion,
    knownSchemaVersion: migrations.length,
    isEmpty: schemaVersion === 0,
    living: [],
    newestEventAt: null,
  };
}

function isTableEmpty(database: Database.Database, table: string): boolean {
  return database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
}

function livingProcesses(
  database: Database.Database,
  host: string,
  now: number,
): SqliteInspection['living'] {
  return database
    .prepare<[], { pid: number; host: string; birth: string; heartbeat_at: number }>(
      'SELECT pid, host, birth, heartbeat_at FROM processes ORDER BY number',
    )
    .all()
    .filter((row) => !isProcessGone(row, host, now - row.heartbeat_at, SILENT_MS))
    .map((row) => ({ pid: row.pid, host: row.host, heartbeatAt: row.heartbeat_at }));
}
