import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readVersion } from '../../src/read-version.ts';
import { freePort } from './free-port.ts';
import { openPm2Home, PM2, type Pm2Home } from './pm2-home.ts';
import { ADMIN } from './start-gateway.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The built gateway under PM2, laid out as on a host, without nginx. */
export interface Box {
  url: string;
  folder: string;
  /** `current`: what programs take for `--release`. */
  release: string;
  pm2: Pm2Home;
  /** Shell that runs PM2 with these words. */
  pm2Command(...words: string[]): string;
  stop(): Promise<void>;
}

export async function startBox(settings: Readonly<Record<string, string>>): Promise<Box> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-box-'));
  const release = join(folder, 'current');
  await mkdir(release);
  for (const name of ['apps', 'node_modules', 'package.json', 'ecosystem.config.cjs']) {
    await symlink(join(ROOT, name), join(release, name));
  }
  await writeFile(
    join(release, 'manifest.json'),
    JSON.stringify({ version: await readVersion(), commit: '', committedAt: '', node: '24' }),
  );
  const port = await freePort();
  const pm2 = openPm2Home(folder, port, {
    SIGNALBOX_CURRENT: release,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ALLOW_TARGET_CIDRS: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
    ...settings,
  });
  process.once('exit', pm2.kill);
  await pm2.run('start', join(release, 'ecosystem.config.cjs'));
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    release,
    pm2,
    pm2Command: (...words) => [process.execPath, PM2, ...words].join(' '),
    async stop() {
      await pm2.run('kill');
      process.off('exit', pm2.kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
