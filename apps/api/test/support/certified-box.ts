import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { attempt, command } from '../../../../scripts/deploy/lib/command.ts';
import { freePort } from './free-port.ts';
import type { Ended } from './run-script.ts';
import type { CertificateAuthority } from './start-authority.ts';
import { startNginx, type Nginx } from './start-nginx.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const UNIT = '/lib/systemd/system/certbot.service';

/** What a box has for its certificate: certbot with folders of its own, nginx, and a `systemctl` that knows this nginx alone. */
export interface CertifiedBox {
  /** The part of `signalbox-release` that asks for the first certificate. */
  release(): Promise<Ended>;
  /** What Debian's certbot.timer runs twice a day. */
  renew(): Promise<Ended>;
  /** nginx as a release configures it: with the certificate, or as long as the box has no domain. */
  startNginx(hasDomain: boolean): Promise<Nginx>;
  /** PEM of the certificate that certbot keeps; null: none. */
  certificate(): Promise<string | null>;
  /** What `systemctl` was called with so far. */
  systemctlCalls(): Promise<string[]>;
  /** Ends what a release has left running, which is nothing unless it is wrong. */
  stop(): Promise<void>;
}

/**
 * Lays out a box in a folder of its own.
 * @param releaseScript `signalbox-release` as the user data has it
 */
export async function openCertifiedBox(
  folder: string,
  releaseScript: string,
  origin: string,
  authority: CertificateAuthority,
): Promise<CertifiedBox> {
  const certbot = await findCertbot();
  const path = (name: string): string => join(folder, name);
  const folders = ['bin', 'letsencrypt', 'work', 'logs', 'acme'];
  for (const name of folders) await mkdir(path(name), { recursive: true });
  const own = Object.entries({
    '--config-dir': path('letsencrypt'),
    '--work-dir': path('work'),
    '--logs-dir': path('logs'),
  });
  // Where the authority is goes with the first request alone: the renewal must know it by itself.
  await writeProgram(
    path('bin/certbot'),
    `[ "$1" = certonly ] && set -- "$@" --server '${authority.url}'\n` +
      `exec '${certbot}' "$@" ${own.map(([option, name]) => `${option} '${name}'`).join(' ')}`,
  );
  await writeProgram(path('bin/systemctl'), systemctl(folder));
  const first = await firstCertificate(releaseScript);
  const certificates = process.env['TEST_CERTIFICATE_DIR'] ?? '';
  const live = path(`letsencrypt/live/${origin}`);

  const run = async (script: string): Promise<Ended> => {
    const { code, output, errors } = await attempt('bash', ['-c', script], {
      cwd: folder,
      env: {
        PATH: `${path('bin')}:${process.env['PATH'] ?? ''}:/usr/sbin`,
        REQUESTS_CA_BUNDLE: join(certificates, 'certificate.pem'),
        origin,
        letsencrypt: path('letsencrypt'),
        webroot: path('acme'),
        port: String(authority.proofPort),
      },
    });
    return { code, output: output + errors };
  };
  return {
    release: () => run(first),
    renew: async () => run(await timerCommand()),
    async startNginx(hasDomain) {
      // Nobody is behind it: what is not answered here is answered with 502.
      return startNginx(folder, [`127.0.0.1:${await freePort()}`], {
        listenHttp: `127.0.0.1:${authority.proofPort}`,
        challengeFolder: path('acme'),
        originSecrets: ['a1'.repeat(16)],
        certificate: hasDomain
          ? { certificateFile: join(live, 'fullchain.pem'), keyFile: join(live, 'privkey.pem') }
          : null,
      });
    },
    certificate: () => readFile(join(live, 'cert.pem'), 'utf8').catch(() => null),
    async systemctlCalls() {
      const text = await readFile(path('systemctl.log'), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean);
    },
    async stop() {
      const left = await readFile(path('left'), 'utf8').catch(() => '');
      await attempt('sh', ['-c', `kill ${left.split('\n').join(' ')}`]);
    },
  };
}

async function findCertbot(): Promise<string> {
  const found = await command('sh', ['-c', 'command -v certbot']).catch(() => {
    throw new Error('certbot is missing (Debian: apt-get install certbot)');
  });
  return found.trim();
}

async function timerCommand(): Promise<string> {
  const unit = await readFile(UNIT, 'utf8');
  const [, rest] = /^ExecStart=\/usr\/bin\/certbot (.*)$/m.exec(unit) ?? [];
  if (rest === undefined) throw new Error(`${UNIT} starts something else than certbot`);
  return `certbot ${rest}`;
}

/**
 * What asks for the first certificate, word for word but for the folders of the system, the port 80 and the addresses that the little
 * server listens on. Throws when any of these is not there any more, or another folder of the system is.
 */
async function firstCertificate(releaseScript: string): Promise<string> {
  const asks = /^ {2}if \[ ! -e "\/etc\/letsencrypt\/.*?^ {2}fi$/ms.exec(releaseScript)?.[0] ?? '';
  const served = await readFile(resolve(ROOT, 'nginx/machine/challenge.conf'), 'utf8');
  const webroot = /^root (\S+);$/m.exec(served)?.[1] ?? '';
  const swaps: [string, string][] = [
    ['/etc/letsencrypt/live/', '$letsencrypt/live/'],
    [`install -d ${webroot}\n`, 'install -d "$webroot"\n'],
    [`--directory ${webroot} `, '--directory "$webroot" '],
    [`--webroot-path ${webroot} `, '--webroot-path "$webroot" '],
    ['http.server 80 ', 'http.server "$port" --bind 127.0.0.1 '],
  ];
  const script = swaps.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`signalbox-release has not one "${from}"`);
    return text.replace(from, () => to);
  }, asks);
  if (/\/(?:etc|var|usr|opt)\//.test(script)) throw new Error(`this leaves the test:\n${script}`);
  return `trap 'jobs -p > left' EXIT\nset -euo pipefail\n${script}\n`;
}

/** Knows what a box asks of it, and fails at all else. A reload is the one that the unit of the host has. */
function systemctl(folder: string): string {
  const state = join(folder, 'state');
  const nginx = `nginx -c '${join(folder, 'nginx/nginx.conf')}' -e '${join(state, 'error.log')}'`;
  return `echo "$*" >> '${join(folder, 'systemctl.log')}'
case "$*" in
  'is-active --quiet nginx') [ -e '${join(state, 'nginx.pid')}' ] ;;
  'reload nginx') [ -e '${join(state, 'nginx.pid')}' ] && ${nginx} -s reload ;;
  *) exit 64 ;;
esac`;
}

async function writeProgram(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}
