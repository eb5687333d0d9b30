import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../../../..');
export const PM2 = resolve(ROOT, 'node_modules/pm2/bin/pm2');
const COMMAND_TIMEOUT_MS = 90_000;

const execute = promisify(execFile);

/** A PM2 of its own, whose daemon starts with the first command. */
export interface Pm2Home {
  /** What PM2 and the gateway under it are started with. */
  env: Readonly<Record<string, string>>;
  run: (...args: string[]) => Promise<string>;
  /** The workers that run now. */
  pids: () => Promise<number[]>;
  /** SIGKILL to the daemon. */
  kill: () => void;
  /** What the workers have said besides their log, and their errors. */
  output: () => string;
  logFolder: string;
}

/** @param folder what belongs to it: the data of the gateway, its logs, and the home of PM2 */
export function openPm2Home(
  folder: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Pm2Home {
  const home = join(folder, 'pm2');
  const logFolder = join(folder, 'logs');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    PM2_HOME: home,
    PM2_SILENT: 'true',
    PM2_DISABLE_VERSION_CHECK: 'true',
    MALLOC_MMAP_THRESHOLD_: '1048576',
    MALLOC_TRIM_THRESHOLD_: '1048576',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    LOG_DIR: logFolder,
    INSTANCES: '2',
    ...settings,
  };
  const run = async (...args: string[]): Promise<string> => {
    const options = { cwd: ROOT, env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 1 << 24 };
    const { stdout } = await execute(process.execPath, [PM2, ...args], options).catch(
      (error: unknown) => {
        throw new Error(`pm2 ${args.join(' ')} failed\n${readOutput(logFolder)}`, { cause: error });
      },
    );
    return stdout;
  };
  return {
    env,
    run,
    async pids() {
      const list = JSON.parse(await run('jlist')) as { pid: number }[];
      return list.map(({ pid }) => pid).filter((pid) => pid > 0);
    },
    kill() {
      try {
        process.kill(Number(readFileSync(join(home, 'pm2.pid'), 'utf8')), 'SIGKILL');
      } catch {
        // It has ended.
      }
    },
    output: () => readOutput(logFolder),
    logFolder,
  };
}

function readOutput(logFolder: string): string {
  return ['output.log', 'signalbox-error.log']
    .map((name) => {
      try {
        return readFileSync(join(logFolder, name), 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}
