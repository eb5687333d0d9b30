import { resolve } from 'node:path';
import { freePort } from './free-port.ts';
import { openPm2Home } from './pm2-home.ts';
import { waitUntil } from './wait-until.ts';

const ECOSYSTEM = resolve(import.meta.dirname, '../../../../ecosystem.config.cjs');
const END_TIMEOUT_MS = 90_000;

/** The gateway as `ecosystem.config.cjs` describes it, under a PM2 of its own. */
export interface Pm2Cluster {
  /** `http://127.0.0.1:<port>`, shared by the workers. */
  url: string;
  /** `127.0.0.1:<port>` */
  address: string;
  /** The workers that run now. */
  pids(): Promise<number[]>;
  /** Replaces one worker after the other; resolves when the last has been replaced. */
  reload(): Promise<void>;
  /** Starts again after `kill`. */
  start(): Promise<void>;
  /** SIGKILL to the daemon: its workers end with it, at once. */
  kill(): Promise<void>;
  /** Everything ends in good order. */
  stop(): Promise<void>;
  /** What the workers have said besides their log, and their errors. */
  output(): string;
  logFolder: string;
}

/**
 * Starts the built gateway; resolves when all workers take requests.
 * @param folder what belongs to this cluster: its data, its logs, and the home of its PM2
 */
export async function startPm2(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<Pm2Cluster> {
  const port = await freePort();
  const pm2 = openPm2Home(folder, port, settings);
  const start = async (): Promise<void> => {
    await pm2.run('start', ECOSYSTEM);
  };
  // Should the test run itself be ended, the cluster goes with it.
  process.once('exit', pm2.kill);
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    address: `127.0.0.1:${port}`,
    pids: pm2.pids,
    async reload() {
      await pm2.run('reload', 'signalbox');
    },
    start,
    async kill() {
      const workers = await pm2.pids();
      pm2.kill();
      await waitUntil(
        () => `of ${workers.join(', ')} some still run`,
        END_TIMEOUT_MS,
        () => !workers.some(isRunning),
      );
    },
    output: pm2.output,
    async stop() {
      await pm2.run('kill');
      process.off('exit', pm2.kill);
    },
    logFolder: pm2.logFolder,
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
