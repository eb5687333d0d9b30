import { randomBytes } from 'node:crypto';
import { gatewaySettings, makeAdmin, openDoor, startInstance } from './gateway-instance.ts';
import { startNginx } from './nginx.ts';
import { processIdsOf } from './peer-process.ts';
import { startDurablePostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { StartSystem } from './system.ts';

/** P: Signalbox on PostgreSQL, one process and the server's. */
export const startOnPostgres: StartSystem = async (context) => {
  const { server, databaseUrl } = await startDurablePostgres();
  const admin = makeAdmin();
  const { child, port } = await startInstance(context, 'gateway', {
    ...gatewaySettings(context.folder, admin),
    DATABASE_URL: databaseUrl,
  });
  return {
    door: await openDoor(port, admin, context.targetUrl),
    processIds: [...processIdsOf(child), server.pid],
    databaseProcessIds: [server.pid],
    takesBatches: true,
    stop: async () => {
      await context.children.stop(child);
      await server.remove();
    },
  };
};

/** F: Signalbox as two instances on PostgreSQL, limits shared through Redis, behind nginx. All of them count. */
export const startFleet: StartSystem = async (context) => {
  const { children, folder, targetUrl } = context;
  const { server, databaseUrl } = await startDurablePostgres();
  const redis = await startRedis(context);
  const admin = makeAdmin();
  const settings = {
    ...gatewaySettings(folder, admin),
    DATABASE_URL: databaseUrl,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    SEALING_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    TRUST_PROXY: '1',
  };
  const first = await startInstance(context, 'first', settings);
  const second = await startInstance(context, 'second', settings);
  const nginx = await startNginx(
    context,
    [first, second].map(({ port }) => `127.0.0.1:${port}`),
  );
  return {
    door: await openDoor(nginx.port, admin, targetUrl),
    processIds: [...processIdsOf(first.child, second.child, redis.child, nginx.child), server.pid],
    databaseProcessIds: [server.pid],
    takesBatches: true,
    stop: async () => {
      for (const { child } of [nginx, first, second, redis]) await children.stop(child);
      await server.remove();
    },
  };
};
