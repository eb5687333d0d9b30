import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { openPm2Home, PM2, type Pm2Home } from './pm2-home.ts';
import { runScript, type Ended } from './run-script.ts';
import { ADMIN } from './start-gateway.ts';
import { startNginx, type Nginx } from './start-nginx.ts';

/** A host as a deployment meets it: PM2 and nginx, and a folder for releases with nothing in it yet. */
export interface ReleaseHost {
  /** Through nginx. */
  url: string;
  folder: string;
  pm2: Pm2Home;
  nginx: Nginx;
  /** `scripts/deploy/roll-out.ts` with these arguments, on this host. */
  rollOut(...args: string[]): Promise<Ended>;
  stop(): Promise<void>;
}

export async function startReleaseHost(): Promise<ReleaseHost> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-host-'));
  const port = await freePort();
  const pm2 = openPm2Home(folder, port, {
    SIGNALBOX_CURRENT: join(folder, 'current'),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    TRUST_PROXY: '1',
    ALLOW_TARGET_CIDRS: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
  });
  const nginx = await startNginx(folder, [`127.0.0.1:${port}`]);
  process.once('exit', pm2.kill);
  const ecosystem = join(folder, 'current/ecosystem.config.cjs');
  return {
    url: nginx.url,
    folder,
    pm2,
    nginx,
    rollOut: (...args) =>
      runScript(
        'scripts/deploy/roll-out.ts',
        [
          ...['--home', folder, '--user', '', '--seconds', '20'],
          ...['--gateway', `http://127.0.0.1:${port}`, '--nginx', nginx.url],
          ...['--reload', `${process.execPath} ${PM2} startOrReload ${ecosystem} --update-env`],
          ...args,
        ],
        pm2.env,
      ),
    async stop() {
      await nginx.stop();
      await pm2.run('kill');
      process.off('exit', pm2.kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
