import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from './config.ts';
import type { Clock } from './domain/clock.ts';
import type { IdFactory } from './domain/ids.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import type { Store } from './store/store.ts';

/**
 * Opens the store that the settings name, as one more process on it, and brings it to this version's schema.
 * @throws GatewayError `not_ready` when it cannot be used, saying why
 */
export async function openStore(deps: {
  config: Pick<
    Config,
    'databaseFile' | 'postgresUrl' | 'databaseConnections' | 'hostName' | 'retentionDays'
  >;
  clock: Clock;
  ids: IdFactory;
  /** Told of what works now and will not for long. */
  onWarning?: (warning: string) => void;
}): Promise<Store> {
  const { config, clock, ids, onWarning } = deps;
  const identity = { id: ids('prc'), pid: process.pid, host: config.hostName };
  if (config.postgresUrl !== null) {
    // Loaded where it is used: its driver takes memory that an embedded gateway has no use for.
    const { openPostgresStore } = await import('./store/postgres/open.ts');
    return openPostgresStore({
      url: config.postgresUrl,
      poolSize: config.databaseConnections,
      clock,
      process: identity,
      retentionDays: config.retentionDays,
      ...(onWarning && { onWarning }),
    });
  }
  await mkdir(dirname(config.databaseFile), { recursive: true });
  return openSqliteStore({ file: config.databaseFile, clock, process: identity });
}
