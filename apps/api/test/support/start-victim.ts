import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SETTLED_AFTER_MS } from './settling.ts';
import type { Shape } from './shape.ts';
import { startCluster } from './start-cluster.ts';
import { startFleet } from './start-fleet.ts';
import { ADMIN, startGateway } from './start-gateway.ts';

/** A gateway that is made to be killed. */
export interface Victim {
  /** Where clients come; after `start` it may be another. */
  readonly url: string;
  /** Resolves when every process knows the configuration as it is now. */
  settled(): Promise<void>;
  /** SIGKILL to one of several processes, which comes back by itself; null where there is but one. */
  killOne: (() => Promise<void>) | null;
  /** SIGKILL to every process. */
  killAll(): Promise<void>;
  /** Starts everything again on the same state; resolves when it is ready. */
  start(): Promise<void>;
  output(): string;
  remove(): Promise<void>;
}

export async function startVictim(shape: Shape): Promise<Victim> {
  switch (shape) {
    case 'embedded':
      return startEmbeddedVictim();
    case 'cluster':
      return startClusterVictim();
    case 'fleet':
      return startFleetVictim();
  }
}

async function startEmbeddedVictim(): Promise<Victim> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-kill-'));
  let gateway = await startGateway(folder);
  return {
    get url() {
      return gateway.url;
    },
    settled: () => Promise.resolve(),
    killOne: null,
    killAll: () => gateway.kill(),
    async start() {
      gateway = await startGateway(folder);
    },
    output: () => gateway.output(),
    async remove() {
      await gateway.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startClusterVictim(): Promise<Victim> {
  const cluster = await startCluster({
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'warn',
  });
  return {
    url: cluster.url,
    settled: () => wait(SETTLED_AFTER_MS),
    async killOne() {
      const [pid] = await cluster.pm2.pids();
      if (pid === undefined) throw new Error('no worker runs');
      process.kill(pid, 'SIGKILL');
    },
    killAll: () => cluster.pm2.kill(),
    start: () => cluster.pm2.start(),
    output: () => cluster.pm2.output(),
    remove: () => cluster.stop(),
  };
}

async function startFleetVictim(): Promise<Victim> {
  const fleet = await startFleet({ LOG_LEVEL: 'warn' });
  const [one] = fleet.instances;
  if (one === undefined) throw new Error('a fleet has instances');
  return {
    url: fleet.url,
    settled: () => wait(SETTLED_AFTER_MS),
    async killOne() {
      await one.process().kill();
      // As a supervisor would.
      await one.start();
    },
    async killAll() {
      await Promise.all(fleet.instances.map((instance) => instance.process().kill()));
    },
    async start() {
      await Promise.all(fleet.instances.map((instance) => instance.start()));
    },
    output: () => fleet.instances.map((instance) => instance.process().output()).join('\n'),
    remove: () => fleet.stop(),
  };
}
