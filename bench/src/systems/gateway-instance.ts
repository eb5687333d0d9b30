import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../control/free-port.ts';
import { waitUntil } from '../control/wait-until.ts';
import type { Door } from '../processes/generator-commands.ts';
import { configureGateway } from './configure-gateway.ts';
import type { SystemContext } from './system.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// As `npm start` runs it, built by the script before this one.
const MAIN = join(ROOT, 'apps/api/dist/main.js');
const START_TIMEOUT_MS = 30_000;
/** A change of the configuration holds in every process after this long. */
const SETTLED_MS = 1000;

export interface Admin {
  email: string;
  password: string;
}

export function makeAdmin(): Admin {
  return {
    email: 'bench@signalbox.example',
    password: randomBytes(18).toString('base64url'),
  };
}

/** The settings that every shape of the gateway is measured with. */
export function gatewaySettings(folder: string, admin: Admin): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    ALLOW_TARGET_CIDRS: '127.0.0.0/8',
    // As for the peers: the limiter counts, and never refuses.
    ADDRESS_RATE_PER_SECOND: '1000000',
    LOG_LEVEL: 'warn',
  };
}

/** Starts one process of the gateway and resolves when it is ready. Throws with its output when it ends before that. */
export async function startInstance(
  { children, folder }: SystemContext,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; port: number; url: string }> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, `${name}.log`);
  const child = children.spawnProgram(process.execPath, [MAIN], {
    logFile,
    folder: ROOT,
    environment: { ...settings, PORT: String(port) },
  });
  await waitUntil(`${name} to be ready`, START_TIMEOUT_MS, async () => {
    if (child.exitCode !== null) {
      throw new Error(`${name} ended at its start:\n${readFileSync(logFile, 'utf8')}`);
    }
    return isReady(url);
  });
  return { child, port, url };
}

export async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/health/ready`).catch(() => null))?.status === 200;
}

/** Sets the gateway up through its public API and answers how the generator gets in on `port`. */
export async function openDoor(
  port: number,
  admin: Admin,
  ...targetUrls: readonly string[]
): Promise<Door> {
  const key = await configureGateway(`http://127.0.0.1:${port}`, admin, targetUrls);
  await wait(SETTLED_MS);
  return {
    port,
    path: '/v1/events',
    headers: { authorization: `Bearer ${key}` },
    batchContentType: 'application/cloudevents-batch+json',
  };
}
