import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { freePort } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

/** An SSH server on loopback that takes keys alone, from a list of its own. */
export interface SshServer {
  /** `user@127.0.0.1` */
  host: string;
  port: string;
  /** Private key that works at the start. */
  identity: string;
  /** The list of keys that it takes. */
  authorizedKeys: string;
  /** Where its own key is known. */
  knownHosts: string;
  stop(): Promise<void>;
}

export async function startSshd(folder: string): Promise<SshServer> {
  const port = await freePort();
  const path = (name: string): string => join(folder, name);
  for (const name of ['host-key', 'identity']) {
    await command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)]);
  }
  await command('sh', ['-c', `umask 077; cp '${path('identity.pub')}' '${path('authorized')}'`]);
  await command('sh', [
    '-c',
    `printf '[127.0.0.1]:${port} %s' "$(cat '${path('host-key.pub')}')" > '${path('known')}'`,
  ]);
  await writeFile(
    path('sshd_config'),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${path('host-key')}`,
      `AuthorizedKeysFile ${path('authorized')}`,
      `PidFile ${path('sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
    ].join('\n'),
  );
  // As root it locks itself in there; the system's own service makes the folder at its start.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', path('sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  let output = '';
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  let failure: Error | null = null;
  child.once('error', (error) => (failure = error));
  await waitUntil(
    () => `sshd does not answer\n${output}`,
    10_000,
    () => {
      if (failure !== null) throw failure;
      if (child.exitCode !== null) throw new Error(`sshd ended at its start\n${output}`);
      return canConnect(port);
    },
  );
  return {
    host: `${userInfo().username}@127.0.0.1`,
    port: String(port),
    identity: path('identity'),
    authorizedKeys: path('authorized'),
    knownHosts: path('known'),
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isThere: boolean) => () => {
      socket.destroy();
      done(isThere);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
