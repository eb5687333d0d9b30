import { spawnSync } from 'node:child_process';
import {
  startPostgres,
  type PostgresServer,
} from '../../../apps/api/test/support/start-postgres.ts';

const DATABASE = 'bench';

/** Whether a PostgreSQL server can be started here. */
export function hasPostgres(): boolean {
  const look = 'pg_config --bindir || ls -d /usr/lib/postgresql/*/bin';
  const { status, stdout } = spawnSync('sh', ['-c', look], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** A private server that syncs every commit to disk, with an empty database. Its processes count as the system's. */
export async function startDurablePostgres(): Promise<{
  server: PostgresServer;
  databaseUrl: string;
}> {
  const server = await startPostgres({
    isDurable: true,
    settings: { max_connections: '100', shared_buffers: '256MB' },
  });
  return { server, databaseUrl: await server.createDatabase(DATABASE) };
}
