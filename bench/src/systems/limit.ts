import { makePeerSettings, processIdsOf, startPeer } from './peer-process.ts';
import type { StartSystem } from './system.ts';

const SCRIPT = new URL('../processes/limit.ts', import.meta.url);

/** L: bare node:http + SQLite FULL group commit + undici, one process; an array is a batch. */
export const startLimit: StartSystem = async (context) => {
  const { child, port } = await startPeer(context, SCRIPT, makePeerSettings(context));
  return {
    door: { port, path: '/', headers: {}, batchContentType: 'application/json' },
    processIds: processIdsOf(child),
    takesBatches: true,
    stop: () => context.children.stop(child),
  };
};
