import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { aws } from './lib/aws.ts';
import { attempt, command } from './lib/command.ts';
import { runProgram, Stop } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/rotate-ssh-key.ts',
  summary:
    'Makes a new SSH key, keeps its private half sealed in the parameter store, and changes it on a host: both keys work, the new one is tried, then the old one is taken out and is refused.',
  options: {
    host: { value: 'USER@HOST', isRequired: true, help: 'Where the key is changed.' },
    port: { value: 'N', default: '22', help: 'Of its SSH server.' },
    identity: { value: 'FILE', isRequired: true, help: 'The private key that works now.' },
    parameter: {
      value: 'NAME',
      isRequired: true,
      help: 'Where the new private key is kept, such as /signalbox-dev-operators/ssh-key. Not below the settings: every host can read those.',
    },
    'kms-key': { value: 'ID', help: "What seals the parameter; left out: the account's own key." },
    'authorized-keys': {
      value: 'PATH',
      default: '.ssh/authorized_keys',
      help: 'List of keys on the host, from the home of the user.',
    },
    proxy: {
      value: 'COMMAND',
      help: 'ProxyCommand of ssh, such as one that leads through Session Manager.',
    },
    'known-hosts': {
      value: 'FILE',
      help: 'Where the key of the host is looked up; left out: ~/.ssh/known_hosts.',
    },
  },
  async run({ text, log, isDryRun }) {
    if (isDryRun) {
      log(`would make a key, keep it in ${text('parameter')}, and change it on ${text('host')}`);
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-ssh-'));
    const at = {
      host: text('host'),
      port: text('port'),
      knownHosts: text('known-hosts'),
      proxy: text('proxy'),
    };
    const list = requirePath(text('authorized-keys'));
    const [old, fresh] = [text('identity'), join(folder, 'key')];
    try {
      await chmod(folder, 0o700);
      await command('ssh-keygen', [
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        `signalbox ${hostname()}`,
        '-f',
        fresh,
      ]);
      const oldPublic = keyOf(await command('ssh-keygen', ['-y', '-f', old]));
      const newPublic = (await readFile(`${fresh}.pub`, 'utf8')).trim();

      await login(at, old, adding(list), newPublic);
      await login(at, fresh, 'true');
      log('both keys log in');
      // Kept before the old one goes: whatever happens next, somebody can log in.
      await keep(text('parameter'), await readFile(fresh, 'utf8'), text('kms-key'));
      log(`the new private key is in ${text('parameter')}`);
      await login(at, fresh, removing(list), oldPublic);
      if ((await tryLogin(at, old, 'true')).code === 0) {
        throw new Stop(
          `${at.host} still takes the old key; look for it in authorized_keys and in the settings of its SSH server.`,
        );
      }
      await login(at, fresh, 'true');
      log(`the old key is refused, the new one logs in: ${newPublic}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** Shell that adds the key on its standard input to a list: the list is written anew, so that it is whole at every moment. */
function adding(list: string): string {
  return `set -e; umask 077; read -r key; { cat '${list}'; printf '%s\\n' "$key"; } > '${list}.new'; mv '${list}.new' '${list}'`;
}

/** As `adding`, and takes it out. */
function removing(list: string): string {
  return `set -e; umask 077; read -r key; grep -vF -- "$key" '${list}' > '${list}.new'; mv '${list}.new' '${list}'`;
}

interface Host {
  host: string;
  port: string;
  knownHosts: string;
  proxy: string;
}

/** It becomes part of a line of shell. */
function requirePath(path: string): string {
  if (/^[\w./-]+$/.test(path)) return path;
  throw new Stop(`--authorized-keys "${path}" takes letters, digits and ./-_ alone.`, 2);
}

/** Type and body of a public key: its comment may differ from place to place. */
function keyOf(line: string): string {
  return line.trim().split(' ').slice(0, 2).join(' ');
}

async function login(host: Host, identity: string, line: string, input = ''): Promise<void> {
  const { code, errors } = await tryLogin(host, identity, line, input);
  if (code !== 0)
    throw new Stop(`${host.host} with ${identity} failed (${code}): ${errors.trim()}`);
}

function tryLogin(
  { host, port, knownHosts, proxy }: Host,
  identity: string,
  line: string,
  input = '',
) {
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', 'ConnectTimeout=15', 'ControlPath=none'];
  if (proxy !== '') options.push(`ProxyCommand=${proxy}`);
  if (knownHosts !== '') options.push(`UserKnownHostsFile=${knownHosts}`);
  return attempt(
    'ssh',
    [...options.flatMap((option) => ['-o', option]), '-p', port, '-i', identity, host, line],
    { input: input === '' ? '' : `${input}\n` },
  );
}

/** The value goes through a file that only this account may read: arguments can be seen by all. */
async function keep(parameter: string, value: string, kmsKey: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-parameter-'));
  try {
    const file = join(folder, 'input.json');
    await writeFile(
      file,
      JSON.stringify({
        Name: parameter,
        Value: value,
        Type: 'SecureString',
        Overwrite: true,
        ...(kmsKey === '' ? {} : { KeyId: kmsKey }),
      }),
      { mode: 0o600 },
    );
    await aws('ssm', 'put-parameter', '--cli-input-json', `file://${file}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
