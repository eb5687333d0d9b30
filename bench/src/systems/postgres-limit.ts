import { makePeerSettings, processIdsOf, startPeer } from './peer-process.ts';
import { startDurablePostgres } from './postgres.ts';
import type { StartSystem } from './system.ts';

const SCRIPT = new URL('../processes/postgres-limit.ts', import.meta.url);

/** M: bare node:http + PostgreSQL, multi-row statements + undici, one process and the server's. */
export const startPostgresLimit: StartSystem = async (context) => {
  const { server, databaseUrl } = await startDurablePostgres();
  const { child, port } = await startPeer(
    context,
    SCRIPT,
    makePeerSettings(context, { databaseUrl }),
  );
  return {
    door: { port, path: '/', headers: {}, batchContentType: 'application/json' },
    processIds: [...processIdsOf(child), server.pid],
    databaseProcessIds: [server.pid],
    takesBatches: true,
    stop: async () => {
      await context.children.stop(child);
      await server.remove();
    },
  };
};
