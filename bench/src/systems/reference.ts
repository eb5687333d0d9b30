import { makePeerSettings, makeTokenHeader, processIdsOf, startPeer } from './peer-process.ts';
import type { StartSystem } from './system.ts';

const SCRIPT = new URL('../processes/reference.ts', import.meta.url);

/** R: Express + SQLite FULL group commit + undici, one process. */
export const startReference: StartSystem = async (context) => {
  const settings = makePeerSettings(context);
  const { child, port } = await startPeer(context, SCRIPT, settings);
  return {
    door: {
      port,
      path: '/v1/events',
      headers: makeTokenHeader(settings.tokenSecret),
      batchContentType: '',
    },
    processIds: processIdsOf(child),
    takesBatches: false,
    stop: () => context.children.stop(child),
  };
};
