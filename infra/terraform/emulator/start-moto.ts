import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';

export interface Moto {
  port: number;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Starts moto_server on a free port of loopback, with its output in `logFile`.
 * @throws Error when it does not answer in time; the log says why
 */
export async function startMoto(program: string, logFile: string): Promise<Moto> {
  const port = await findFreePort();
  const log = openSync(logFile, 'a');
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      // Attaching a policy of AWS's own is a 404 without.
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ACM_VALIDATION_WAIT: '1',
      MOTO_ENABLE_KEYPAIR_VALIDATION: '1',
      MOTO_ENABLE_AMI_VALIDATION: '1',
      MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: '1',
      // It knows no image of Debian by itself.
      MOTO_AMIS_PATH: join(import.meta.dirname, 'images.json'),
    },
  });
  const ended = once(child, 'exit');
  const close = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  };
  try {
    await answers(port, () => child.exitCode !== null);
  } catch (error) {
    await close();
    throw new Error(`moto_server does not start; see ${logFile}`, { cause: error });
  }
  return { port, close };
}

async function answers(port: number, hasEnded: () => boolean): Promise<void> {
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  for (;;) {
    if (hasEnded()) throw new Error('It ended.');
    signal.throwIfAborted();
    const answer = await fetch(`http://127.0.0.1:${port}/moto-api/`, { signal }).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
}

/** moto takes no 0 and says no number: a port is asked of the system and given back. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
