import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { renderNginx, type NginxMachine } from '../../../../scripts/lib/render-nginx.ts';
import { createLogger } from '../../src/log.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
const execute = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-configuration-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What `nginx -t` says of the files, laid out for a machine. */
async function check(machine: NginxMachine): Promise<string> {
  const state = join(folder, 'state');
  const certificates = process.env['TEST_CERTIFICATE_DIR'] ?? '';
  const file = await renderNginx(join(folder, 'nginx'), {
    stateFolder: state,
    certificate: {
      certificateFile: join(certificates, 'certificate.pem'),
      keyFile: join(certificates, 'key.pem'),
    },
    ...machine,
  });
  const { stderr } = await execute('nginx', ['-t', '-c', file, '-e', join(state, 'error.log')], {
    env: { PATH },
  });
  return stderr;
}

describe('the configuration of nginx', () => {
  test.each<[string, NginxMachine]>([
    ['as it stands, but for the folders of the system', {}],
    ['with TLS in front of the machine', { certificate: null, trustedProxies: ['10.0.0.0/8'] }],
    ['in front of several processes', { upstreams: ['127.0.0.1:8081', '127.0.0.1:8082'] }],
  ])('is valid %s', async (_how, machine) => {
    const said = await check(machine);
    expect(said).toContain('test is successful');
    expect(said).not.toMatch(/\[(warn|emerg)\]/);
  });

  test('leaves out TLS and the redirect where TLS ends in front', async () => {
    await check({ certificate: null });
    const files = await readdir(join(folder, 'nginx/conf.d'));
    expect(files).toEqual(['api.conf']);
    expect(await readFile(join(folder, 'nginx/conf.d/api.conf'), 'utf8')).not.toContain('ssl');
  });
});

describe('the rotation of logs', () => {
  test('takes a file away while a process goes on writing to it, and no line is lost', async () => {
    const logs = join(folder, 'logs');
    await mkdir(logs);
    const logger = createLogger('info', { folder: logs });
    logger.info('before');
    logger.error('a fault');
    const text = await readFile(resolve(ROOT, 'infra/host/logrotate.conf'), 'utf8');
    const { username } = userInfo();
    const { stdout: group } = await execute('id', ['-gn']);
    const own = text
      .replace('/opt/signalbox/logs', logs)
      .replace('su signalbox signalbox', `su ${username} ${group.trim()}`);
    expect(own).not.toBe(text);
    const file = join(folder, 'logrotate.conf');
    await writeFile(file, own, { mode: 0o644 });
    await execute('logrotate', ['--force', '--state', join(folder, 'state'), file], {
      env: { PATH },
    });
    logger.info('after');

    const messages = async (name: string) =>
      (await readFile(join(logs, name), 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { msg: string }).msg);
    const rotated = (await readdir(logs)).filter((name) => /^signalbox\.log-\d/.test(name));
    expect(rotated).toHaveLength(1);
    expect(await messages(rotated[0] ?? '')).toEqual(['before', 'a fault']);
    expect(await messages('signalbox.log')).toEqual(['after']);
  });
});
