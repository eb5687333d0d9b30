import { makePeerSettings, makeTokenHeader, processIdsOf, startPeer } from './peer-process.ts';
import { startDurablePostgres } from './postgres.ts';
import type { StartSystem } from './system.ts';

const SCRIPT = new URL('../processes/pg-boss-queue.ts', import.meta.url);

/** B: Express + pg-boss, one process and PostgreSQL's. */
export const startPgBoss: StartSystem = async (context) => {
  const { server, databaseUrl } = await startDurablePostgres();
  const settings = makePeerSettings(context, { databaseUrl });
  const { child, port } = await startPeer(context, SCRIPT, settings);
  return {
    door: {
      port,
      path: '/v1/events',
      headers: makeTokenHeader(settings.tokenSecret),
      batchContentType: '',
    },
    processIds: [...processIdsOf(child), server.pid],
    databaseProcessIds: [server.pid],
    takesBatches: false,
    stop: async () => {
      await context.children.stop(child);
      await server.remove();
    },
  };
};
