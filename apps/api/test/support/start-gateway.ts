import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitUntil } from './wait-until.ts';

/** The real gateway in a process of its own. */
export interface GatewayProcess {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Everything it has written so far. */
  output: () => string;
  /** SIGKILL: no chance to finish anything. Resolves when it is gone. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
}

export const ADMIN = { email: 'admin@signalbox.example', password: 'a long enough password' };

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** What the build has made of it; it starts sooner. */
export const BUILT_MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const LISTENING = /listening on (http:\/\/\S+:\d+)/;
const START_TIMEOUT_MS = 45_000;

/**
 * Starts `src/main.ts` on a free port and resolves when `/health/ready` answers 200. Throws with its output when it ends before that.
 * @param dataFolder what it keeps its state in; the same folder again is a restart
 * @param main the program
 */
export async function startGateway(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
  main = MAIN,
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [main], {
    cwd: dataFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataFolder,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ALLOW_TARGET_CIDRS: '127.0.0.0/8',
      LOG_LEVEL: 'warn',
      ...environment,
    },
  });
  // Should the test run itself be ended, the gateway goes with it.
  const killNow = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killNow);
  const gone = once(child, 'exit').then(() => process.off('exit', killNow));

  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  let url = '';
  await waitUntil(
    () => `the gateway is not ready\n${output}`,
    START_TIMEOUT_MS,
    async () => {
      if (child.exitCode !== null) throw new Error(`the gateway ended at its start\n${output}`);
      url = LISTENING.exec(output)?.[1] ?? '';
      return url !== '' && (await fetch(`${url}/health/ready`)).status === 200;
    },
  ).catch((error: unknown) => {
    killNow();
    throw error;
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return {
    url,
    output: () => output,
    kill: async () => {
      await end('SIGKILL');
    },
    signal: (name) => void child.kill(name),
    stop: () => end('SIGTERM'),
  };
}
