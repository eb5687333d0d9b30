import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { CommandError } from './command.ts';

/** The SQLite file that the settings name. Throws `usage` where there is none, or the store is another one. */
export function requireSqlite(config: Pick<Config, 'databaseFile' | 'postgresUrl'>): string {
  if (config.postgresUrl !== null) throw notSqlite();
  if (existsSync(config.databaseFile)) return config.databaseFile;
  throw new CommandError(
    'usage',
    `There is no store at ${config.databaseFile}. Set DATA_DIR or DATABASE_URL as for the gateway, or start the gateway once.`,
  );
}

/** The server's own tools know best how to copy it. */
export function notSqlite(): CommandError {
  return new CommandError(
    'usage',
    'The store is in PostgreSQL: back it up with pg_dump or snapshots of the server, and restore it with pg_restore.',
  );
}
