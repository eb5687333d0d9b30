import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { renderNginx, type NginxMachine } from '../lib/render-nginx.ts';
import { aws } from './lib/aws.ts';
import { command } from './lib/command.ts';
import type { ReleaseRecord } from './lib/deployment.ts';
import { renderEnvironment } from './lib/environment-file.ts';
import { fetchDatabaseRoots } from './lib/fetch-database-roots.ts';
import { findAccount } from './lib/find-account.ts';
import { runProgram } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/configure-host.ts',
  summary:
    'On a host: writes the settings of the gateway and the configuration of nginx from the parameter store, and has nginx read it. A configuration that nginx refuses never takes the place of the one that runs.',
  options: {
    record: {
      value: 'FILE',
      isRequired: true,
      help: 'What the parameter "release" or "candidate" says.',
    },
    settings: {
      value: 'PATH',
      isRequired: true,
      help: 'Where parameters lie, such as /signalbox-dev/.',
    },
    home: { value: 'FOLDER', default: '/opt/signalbox', help: 'Where releases lie.' },
    data: {
      value: 'FOLDER',
      default: '/var/lib/signalbox',
      help: 'Where the embedded store lies.',
    },
    to: {
      value: 'FOLDER',
      default: '/etc/signalbox',
      help: 'Where settings and configuration go.',
    },
    user: { value: 'NAME', default: 'signalbox', help: 'Account that the gateway runs as.' },
    'database-roots': {
      value: 'URL',
      default: 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
      help: 'Where a fleet gets the roots of its database from, as rds.pem.',
    },
    state: { value: 'FOLDER', help: 'For trials: where nginx keeps its logs and its pid.' },
    listen: { value: 'ADDRESS', help: 'For trials: where nginx takes plain HTTP.' },
    reload: {
      value: 'COMMAND',
      default: 'systemctl reload-or-restart nginx',
      help: 'Has nginx read its configuration.',
    },
  },
  async run({ text, log, isDryRun }) {
    const record = JSON.parse(await readFile(text('record'), 'utf8')) as ReleaseRecord;
    const to = resolve(text('to'));
    if (isDryRun) {
      log(`would write ${to} from ${text('settings')} and reload nginx`);
      return;
    }
    const found = await readParameters(text('settings'));
    await mkdir(to, { recursive: true });
    await writeSettings(
      join(to, 'environment'),
      {
        ...defaults(record, text('settings'), text('home'), text('data')),
        ...found.settings,
      },
      await findAccount(text('user')),
    );
    if (record.shape === 'fleet')
      await fetchDatabaseRoots(text('database-roots'), join(to, 'rds.pem'), log);
    await replaceNginx(join(to, 'nginx'), describeMachine(record, found.originSecrets, text), log);
    await command('sh', ['-c', text('reload')]);
  },
});

/** Settings are what lies below `settings/`, each under its name; the origin secret is the one that runs and, while it changes, the next. */
async function readParameters(
  path: string,
): Promise<{ settings: Record<string, string>; originSecrets: string[] }> {
  const { Parameters } = await aws<{ Parameters: { Name: string; Value: string }[] }>(
    ...['ssm', 'get-parameters-by-path', '--path', path, '--recursive', '--with-decryption'],
  );
  const values = new Map(Parameters.map(({ Name, Value }) => [Name.slice(path.length), Value]));
  return {
    settings: Object.fromEntries(
      [...values].flatMap(([name, value]) =>
        name.startsWith('settings/') ? [[name.slice('settings/'.length), value]] : [],
      ),
    ),
    originSecrets: ['origin-secret', 'next-origin-secret'].flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : [value];
    }),
  };
}

function defaults(
  record: ReleaseRecord,
  path: string,
  home: string,
  data: string,
): Record<string, string> {
  const region = process.env['AWS_DEFAULT_REGION'] ?? '';
  return {
    SIGNALBOX_CURRENT: join(home, 'current'),
    DATA_DIR: data,
    LOG_DIR: join(home, 'logs'),
    PUBLIC_URL: record.publicUrl,
    TRUST_PROXY: '1',
    // Where alarms and the dashboard of this environment look (infra/terraform/modules/monitoring).
    CLOUDWATCH_NAMESPACE: 'Signalbox',
    CLOUDWATCH_ENVIRONMENT: path.replaceAll('/', ''),
    // The gateway calls AWS by the SDK, which reads the one; programs of this host by the command line, which reads the other.
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    BACKUP_TO: record.shape === 'box' ? record.backups : '',
  };
}

async function writeSettings(
  file: string,
  settings: Readonly<Record<string, string>>,
  { gid }: { gid?: number },
): Promise<void> {
  const draft = `${file}.new`;
  const former = await readFile(file, 'utf8').catch(() => '');
  await writeFile(draft, renderEnvironment(settings, former), { mode: 0o600 });
  if (gid !== undefined) {
    await chown(draft, 0, gid);
    await chmod(draft, 0o640);
  }
  await rename(draft, file);
}

function describeMachine(
  record: ReleaseRecord,
  originSecrets: readonly string[],
  text: (name: 'home' | 'state' | 'listen') => string,
): NginxMachine {
  const live = `/etc/letsencrypt/live/${record.originName ?? ''}`;
  // A fleet's load balancer ends TLS; a box without a domain has none.
  const hasTls = record.shape === 'box' && record.originName !== null;
  return {
    certificate: hasTls
      ? { certificateFile: `${live}/fullchain.pem`, keyFile: `${live}/privkey.pem` }
      : null,
    dashboardFolder: join(text('home'), 'current/apps/dashboard/dist'),
    ...(originSecrets.length === 0 ? {} : { originSecrets }),
    ...(text('state') === '' ? {} : { stateFolder: text('state') }),
    ...(text('listen') === '' ? {} : { listenHttp: text('listen') }),
  };
}

/** Written and tried aside; only what nginx takes is put in place. */
async function replaceNginx(
  folder: string,
  machine: NginxMachine,
  log: (line: string) => void,
): Promise<void> {
  const draft = join(dirname(folder), 'nginx.new');
  const configuration = await renderNginx(draft, machine);
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
  await command('nginx', ['-t', '-q', '-c', configuration], { env: { PATH: path } });
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  log(`nginx takes its configuration from ${join(folder, 'nginx.conf')}`);
}
