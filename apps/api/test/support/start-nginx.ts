import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderNginx, type NginxMachine } from '../../../../scripts/lib/render-nginx.ts';
import { freePort } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

const DASHBOARD = resolve(import.meta.dirname, '../../../dashboard/dist');
const START_TIMEOUT_MS = 10_000;

/** nginx with the files of `nginx/`, on free ports of loopback. */
export interface Nginx {
  /** `https://127.0.0.1:<port>` */
  url: string;
  /** `http://127.0.0.1:<port>`: leads to `url`. */
  plainUrl: string;
  /** The lines of the access log so far. */
  accessLog(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/**
 * Starts nginx in front of processes of the gateway. Its certificate is the one that the runner of the tests has made and told Node to
 * trust (`scripts/test.ts`).
 * @param folder for its configuration, logs and temporary files
 */
export async function startNginx(
  folder: string,
  upstreams: readonly string[],
  machine: NginxMachine = {},
): Promise<Nginx> {
  const https = await freePort();
  const listenHttp = machine.listenHttp ?? `127.0.0.1:${await freePort()}`;
  const state = join(folder, 'state');
  await mkdir(state, { recursive: true });
  const configuration = await renderNginx(join(folder, 'nginx'), {
    ...(process.getuid?.() === 0 ? { user: 'root' } : {}),
    stateFolder: state,
    listenHttp,
    listenHttps: `127.0.0.1:${https}`,
    certificate: testCertificate(),
    upstreams,
    dashboardFolder: DASHBOARD,
    ...machine,
  });
  const errorLog = join(state, 'error.log');
  const child = spawn('nginx', ['-c', configuration, '-e', errorLog, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  let failure: Error | null = null;
  child.once('error', (error) => (failure = error));
  const killNow = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killNow);
  let output = '';
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const plainUrl = `http://${listenHttp}`;
  await waitUntil(
    () => `nginx does not answer\n${output}`,
    START_TIMEOUT_MS,
    async () => {
      if (failure !== null) throw failure;
      if (child.exitCode !== null) throw new Error(`nginx ended at its start\n${output}`);
      return fetch(plainUrl, { redirect: 'manual' }).then(
        () => true,
        () => false,
      );
    },
  );
  return {
    url: `https://127.0.0.1:${https}`,
    plainUrl,
    async accessLog() {
      const text = await readFile(join(state, 'access.log'), 'utf8');
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      process.off('exit', killNow);
    },
  };
}

function testCertificate(): { certificateFile: string; keyFile: string } {
  const folder = process.env['TEST_CERTIFICATE_DIR'];
  if (folder === undefined) throw new Error('run these tests with "npm run test:cluster"');
  return { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
}
