import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../control/free-port.ts';
import { waitUntil } from '../control/wait-until.ts';
import { configureGateway } from './configure-gateway.ts';
import { processIdsOf } from './peer-process.ts';
import type { StartSystem } from './system.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// As `npm start` runs it, built by the script before this one.
const MAIN = join(ROOT, 'apps/api/dist/main.js');
const START_TIMEOUT_MS = 30_000;

/** S: Signalbox as `npm start` runs it, one process, every feature on, set up through its public API. */
export const startGateway: StartSystem = async (context) => {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(context.folder, 'gateway.log');
  const user = {
    email: 'bench@signalbox.example',
    password: randomBytes(18).toString('base64url'),
  };
  const child = context.children.spawnProgram(process.execPath, [MAIN], {
    logFile,
    folder: ROOT,
    environment: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(context.folder, 'data'),
      ADMIN_EMAIL: user.email,
      ADMIN_PASSWORD: user.password,
      ALLOW_TARGET_CIDRS: '127.0.0.0/8',
      // As for the peers: the limiter counts, and never refuses.
      ADDRESS_RATE_PER_SECOND: '1000000',
      LOG_LEVEL: 'warn',
    },
  });
  await waitUntil('the gateway to be ready', START_TIMEOUT_MS, async () => {
    if (child.exitCode !== null) {
      throw new Error(`the gateway ended at its start:\n${readFileSync(logFile, 'utf8')}`);
    }
    return (await fetch(`${url}/health/ready`).catch(() => null))?.status === 200;
  });
  const key = await configureGateway(url, user, context.targetUrl);
  return {
    door: {
      port,
      path: '/v1/events',
      headers: { authorization: `Bearer ${key}` },
      batchContentType: 'application/cloudevents-batch+json',
    },
    processIds: processIdsOf(child),
    takesBatches: true,
    stop: () => context.children.stop(child),
  };
};
