import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { BUILT_MAIN, startGateway, type GatewayProcess } from './start-gateway.ts';
import { startNginx } from './start-nginx.ts';
import { startPostgres, type PostgresServer } from './start-postgres.ts';
import { startRedis, type RedisServer } from './start-redis.ts';

/** Two instances that share nothing but PostgreSQL and Redis, and nginx in front. */
export interface Fleet {
  /** Where clients come: nginx, by TLS. */
  url: string;
  instances: readonly Instance[];
  postgres: PostgresServer;
  redis: RedisServer;
  stop(): Promise<void>;
}

/** One instance, as on a machine of its own: its folder, and its port. */
export interface Instance {
  /** As it runs now. */
  process(): GatewayProcess;
  /** Starts it again after it has ended. */
  start(): Promise<void>;
}

const INSTANCES = 2;

/** Starts all of it in a new folder, which goes with `stop`. */
export async function startFleet(settings: Readonly<Record<string, string>>): Promise<Fleet> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-fleet-'));
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const shared = {
    DATABASE_URL: await postgres.createDatabase('signalbox'),
    REDIS_URL: redis.url,
    SEALING_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    TRUST_PROXY: '1',
    ALLOW_TARGET_CIDRS: '127.0.0.0/8,::1/128',
    ...settings,
  };
  const ports = await Promise.all(Array.from({ length: INSTANCES }, freePort));
  const instances = await Promise.all(
    ports.map((port, index) => {
      // Two machines would have names of their own.
      const own = { ...shared, NODE_APP_INSTANCE: String(index) };
      return startInstance(join(folder, String(port)), port, own);
    }),
  );
  const nginx = await startNginx(
    folder,
    ports.map((port) => `127.0.0.1:${port}`),
  );
  return {
    url: nginx.url,
    instances,
    postgres,
    redis,
    async stop() {
      await nginx.stop();
      await Promise.all(instances.map((instance) => instance.process().stop()));
      await redis.kill();
      await postgres.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startInstance(
  folder: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Instance> {
  await mkdir(folder);
  const start = () => startGateway(folder, { ...settings, PORT: String(port) }, BUILT_MAIN);
  let running = await start();
  return {
    process: () => running,
    async start() {
      running = await start();
    },
  };
}
