import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';

/** A Redis server of its own on a free port of loopback; it keeps nothing on disk. */
export interface RedisServer {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  /** Stops it where it is (SIGSTOP): connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL: it is gone with all it knew. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
}

const PROGRAM = 'redis-server';
const START_TIMEOUT_MS = 10_000;

/** Starts a throw-away Redis server. Throws when none is installed: engine tests never pass by being left out. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let server = await startServer(port);
  const killAtExit = (): void => void server.kill('SIGKILL');
  process.on('exit', killAtExit);
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
      process.off('exit', killAtExit);
    },
    async start() {
      server = await startServer(port);
      process.on('exit', killAtExit);
    },
  };
}

async function startServer(port: number): Promise<ChildProcess> {
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(PROGRAM, flags, { cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail('it took too long'), START_TIMEOUT_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      server.kill('SIGKILL');
      reject(
        new Error(`Redis did not start: ${why} (Debian: apt-get install redis-server)\n${output}`),
      );
    };
    server.once('error', (error) => fail(error.message));
    server.once('exit', () => fail('it ended'));
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000);
      if (!output.includes('Ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  server.removeAllListeners('exit');
  // Read on, or the server would stop at a full pipe.
  server.stdout.removeAllListeners('data').resume();
  return server;
}
