import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ROOT } from './run.ts';

/** What differs from machine to machine; what is left out stays as the files of `nginx/` have it. */
export interface NginxMachine {
  /** The account of the workers. */
  user?: string;
  /** Folder for the pid, the logs, the cache and temporary files, instead of those of the system. */
  stateFolder?: string;
  /** `address:port`, without TLS: leads to TLS, or takes requests where there is none. */
  listenHttp?: string;
  listenHttps?: string;
  /** Null: TLS ends in front of this machine. */
  certificate?: { certificateFile: string; keyFile: string } | null;
  /** `address:port` of each process of the gateway, or of the port that its processes share. */
  upstreams?: readonly string[];
  /** The built dashboard. */
  dashboardFolder?: string;
  /** Where certbot lays its answers to the certificate authority. */
  challengeFolder?: string;
  /** Ranges of the proxies in front. */
  trustedProxies?: readonly string[];
  /**
   * What a content delivery network in front sends as X-Origin-Secret. Who does not send one of these is refused, and who does is
   * believed about the client's address: its own entry is the last one of X-Forwarded-For.
   */
  originSecrets?: readonly string[];
}

/** Copies `nginx/` to a folder and writes the files of its `machine/` folder. Answers the path of `nginx.conf`. */
export async function renderNginx(folder: string, machine: NginxMachine): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await cp(resolve(ROOT, 'nginx'), folder, { recursive: true });
  if (machine.certificate === null) await takeTlsOut(folder);
  for (const [name, lines] of Object.entries(machineFiles(machine))) {
    if (lines !== null) await writeFile(join(folder, 'machine', name), `${lines.join('\n')}\n`);
  }
  if (machine.stateFolder !== undefined) await mkdir(machine.stateFolder, { recursive: true });
  return join(folder, 'nginx.conf');
}

async function takeTlsOut(folder: string): Promise<void> {
  for (const file of await readdir(join(folder, 'conf.d'))) await rm(join(folder, 'conf.d', file));
  await rename(join(folder, 'without-tls/api.conf'), join(folder, 'conf.d/api.conf'));
}

/** The lines of each file; null: as it is. */
function machineFiles(machine: NginxMachine): Record<string, string[] | null> {
  const { stateFolder: state, certificate, listenHttp, listenHttps } = machine;
  const { dashboardFolder, challengeFolder } = machine;
  return {
    'process.conf': state === undefined ? null : processLines(state, machine.user),
    'paths.conf': state === undefined ? null : tempLines(state),
    'access-log.conf': state === undefined ? null : [`access_log ${state}/access.log json;`],
    'cache.conf': state === undefined ? null : [cacheLine(state)],
    'listen-http.conf': listenHttp === undefined ? null : [`listen ${listenHttp};`],
    'listen-https.conf': listenHttps === undefined ? null : [`listen ${listenHttps} ssl http2;`],
    'certificate.conf': certificate
      ? [
          `ssl_certificate ${certificate.certificateFile};`,
          `ssl_certificate_key ${certificate.keyFile};`,
        ]
      : null,
    'upstream.conf': machine.upstreams?.map((address) => `server ${address} max_fails=0;`) ?? null,
    'dashboard.conf': dashboardFolder === undefined ? null : [`root ${dashboardFolder};`],
    'challenge.conf': challengeFolder === undefined ? null : [`root ${challengeFolder};`],
    'trusted-proxies.conf': trustLines(machine),
    'origin-secret.conf':
      machine.originSecrets === undefined
        ? null
        : ['default 1;', ...machine.originSecrets.map((secret) => `"~^${plain(secret)}$" 0;`)],
  };
}

function trustLines({ trustedProxies, originSecrets }: NginxMachine): string[] | null {
  if (originSecrets !== undefined) {
    return ['set_real_ip_from 0.0.0.0/0;', 'set_real_ip_from ::/0;', 'real_ip_recursive off;'];
  }
  if (trustedProxies === undefined) return null;
  return [...trustedProxies.map((range) => `set_real_ip_from ${range};`), 'real_ip_recursive on;'];
}

/** It becomes part of a regular expression. */
function plain(secret: string): string {
  if (/^[0-9A-Za-z]{32,128}$/.test(secret)) return secret;
  throw new Error('An origin secret takes 32 to 128 letters and digits.');
}

function processLines(state: string, user: string | undefined): string[] {
  return [
    ...(user === undefined ? [] : [`user ${user};`]),
    `pid ${state}/nginx.pid;`,
    `error_log ${state}/error.log warn;`,
  ];
}

function tempLines(state: string): string[] {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind) => `${kind}_temp_path ${state}/${kind};`);
}

function cacheLine(state: string): string {
  return `proxy_cache_path ${state}/metrics levels=1:2 keys_zone=metrics:4m max_size=32m inactive=10s use_temp_path=off;`;
}
