import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempt, command } from '../../../../scripts/deploy/lib/command.ts';
import { runScript } from '../support/run-script.ts';
import { startMoto, type Moto } from '../support/start-moto.ts';
import { startSshd, type SshServer } from '../support/start-sshd.ts';

const PARAMETER = '/signalbox-test-operators/ssh-key';

let folder: string;
let sshd: SshServer;
let moto: Moto;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-sshd-'));
  [sshd, moto] = await Promise.all([startSshd(folder), startMoto()]);
});

afterAll(async () => {
  await Promise.all([sshd.stop(), moto.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const rotate = (...more: string[]) =>
  runScript(
    'scripts/deploy/rotate-ssh-key.ts',
    [
      ...['--host', sshd.host, '--port', sshd.port, '--identity', sshd.identity],
      ...['--known-hosts', sshd.knownHosts, '--authorized-keys', sshd.authorizedKeys],
      ...['--parameter', PARAMETER, ...more],
    ],
    moto.env,
  );

async function canLogIn(identity: string): Promise<boolean> {
  const { code } = await attempt('ssh', [
    ...['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-p', sshd.port],
    ...['-o', `UserKnownHostsFile=${sshd.knownHosts}`, '-i', identity, sshd.host, 'true'],
  ]);
  return code === 0;
}

describe('rotating an SSH key', () => {
  test('with --dry-run changes no key', async () => {
    const before = await readFile(sshd.authorizedKeys, 'utf8');
    expect(await rotate('--dry-run')).toMatchObject({ code: 0 });
    expect(await readFile(sshd.authorizedKeys, 'utf8')).toBe(before);
  });

  test('has the new one log in, the old one refused, and others left alone', async () => {
    const other =
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFTLxmRZpqTDW8fLX5sEqQ2JPuyCMkDJ8nyUJ0Qc5o1t other';
    await writeFile(sshd.authorizedKeys, `${other}\n`, { flag: 'a' });
    const { code, output } = await rotate();
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('the old key is refused'),
    });
    expect(output).not.toContain('PRIVATE KEY');

    const kept = JSON.parse(
      await command('aws', ['ssm', 'get-parameter', '--with-decryption', '--name', PARAMETER], {
        env: moto.env,
      }),
    ) as { Parameter: { Value: string; Type: string } };
    expect(kept.Parameter.Type).toBe('SecureString');
    const fresh = join(folder, 'fresh');
    await writeFile(fresh, kept.Parameter.Value, { mode: 0o600 });
    expect(await canLogIn(fresh)).toBe(true);
    expect(await canLogIn(sshd.identity)).toBe(false);
    expect(await readFile(sshd.authorizedKeys, 'utf8')).toContain(other);
  });

  test('with a key that is refused changes nothing and says so', async () => {
    const before = await readFile(sshd.authorizedKeys, 'utf8');
    const { code, output } = await rotate();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('Permission denied'),
    });
    expect(await readFile(sshd.authorizedKeys, 'utf8')).toBe(before);
  });
});
