import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNginx, type Nginx } from './start-nginx.ts';
import { startPm2, type Pm2Cluster } from './start-pm2.ts';

/** Two workers under PM2 on one SQLite file, and nginx in front. */
export interface Cluster {
  /** Where clients come: nginx, by TLS. */
  url: string;
  pm2: Pm2Cluster;
  nginx: Nginx;
  stop(): Promise<void>;
}

/** Starts both in a new folder, which goes with `stop`. */
export async function startCluster(settings: Readonly<Record<string, string>>): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-cluster-'));
  const pm2 = await startPm2(folder, {
    TRUST_PROXY: '1',
    ALLOW_TARGET_CIDRS: '127.0.0.0/8,::1/128',
    ...settings,
  });
  const nginx = await startNginx(folder, [pm2.address]);
  return {
    url: nginx.url,
    pm2,
    nginx,
    async stop() {
      await nginx.stop();
      await pm2.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
