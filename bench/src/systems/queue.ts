import { makePeerSettings, makeTokenHeader, processIdsOf, startPeer } from './peer-process.ts';
import { startRedis } from './redis.ts';
import type { StartSystem } from './system.ts';

const FRONT = new URL('../processes/queue-front.ts', import.meta.url);
const WORKER = new URL('../processes/queue-worker.ts', import.meta.url);

/** Q: Express + BullMQ + Redis with fsync always; an API process, a worker process and Redis. */
export const startQueue: StartSystem = async (context) => {
  const redis = await startRedis(context);
  const settings = makePeerSettings(context, { redisPort: redis.port });
  const front = await startPeer(context, FRONT, settings);
  const worker = await startPeer(context, WORKER, settings);
  return {
    door: {
      port: front.port,
      path: '/v1/events',
      headers: makeTokenHeader(settings.tokenSecret),
      batchContentType: '',
    },
    processIds: processIdsOf(redis.child, front.child, worker.child),
    takesBatches: false,
    stop: async () => {
      for (const { child } of [front, worker, redis]) await context.children.stop(child);
    },
  };
};
