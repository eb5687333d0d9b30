import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitVersion } from './await-version.ts';
import { giveTo, type Account } from './find-account.ts';

const START_SECONDS = 60;
const STOP_MS = 15_000;

/**
 * Starts a release by itself, on a store and a port of its own, before anything of the running one is touched: a build that lacks a
 * file, or does not fit this machine, ends here.
 * @param store another store than an empty one, and what opens its secrets
 * @throws Stop when it is not ready with its own version in time
 */
export async function preflight(
  release: string,
  version: string,
  account: Account,
  store: { dataFolder?: string; sealingKeys?: string | undefined } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-preflight-'));
  await giveTo(account, folder);
  const port = await freePort();
  const child = spawn(process.execPath, [join(release, 'apps/api/dist/main.js')], {
    cwd: folder,
    ...account,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: store.dataFolder ?? join(folder, 'data'),
      SEALING_KEYS: store.sealingKeys ?? '',
      // Nothing is sent from a store that was restored to be looked at.
      ROLES: 'api',
      LOG_LEVEL: 'error',
      DRAIN_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stdout.on('data', (part: Buffer) => (words += part.toString()));
  child.stderr.on('data', (part: Buffer) => (words += part.toString()));
  child.once('error', (error) => (words += error.message));
  const ended = once(child, 'close');
  try {
    const door = { name: 'The release, started by itself,', url: `http://127.0.0.1:${port}` };
    await awaitVersion(door, version, START_SECONDS, () =>
      child.exitCode === null
        ? null
        : `ended at its start with ${child.exitCode}\n${words.slice(-2000)}`,
    );
  } finally {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(impatience);
    await rm(folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
