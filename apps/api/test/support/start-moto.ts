import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

const START_TIMEOUT_MS = 60_000;

/** An emulator of AWS on loopback. */
export interface Moto {
  /** What the AWS command line must find in its environment to talk to it. */
  env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // A process group of its own: what is found on the path may be a shim that starts the server.
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    detached: true,
  });
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  let failure: Error | null = null;
  child.once('error', (error) => (failure = error));
  await waitUntil(
    () => 'moto_server does not answer',
    START_TIMEOUT_MS,
    async () => {
      if (failure !== null) throw failure;
      return fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
  );
  return {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    async stop() {
      process.off('exit', kill);
      kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
