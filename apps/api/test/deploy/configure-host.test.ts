import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { renderEnvironment } from '../../../../scripts/deploy/lib/environment-file.ts';
import { freePort } from '../support/free-port.ts';
import { runScript } from '../support/run-script.ts';
import { startMoto, type Moto } from '../support/start-moto.ts';
import { startNginx, type Nginx } from '../support/start-nginx.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const [NOW, NEXT] = ['a1'.repeat(16), 'B2'.repeat(16)];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-configure-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nginx behind a content delivery network', () => {
  let nginx: Nginx;
  let gateway: Server;
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(nginx.url + path, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    gateway = createServer(({ headers }, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(headers));
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const { port } = gateway.address() as AddressInfo;
    const inFolder = join(folder, 'edge');
    await mkdir(inFolder);
    nginx = await startNginx(inFolder, [`127.0.0.1:${port}`], { originSecrets: [NOW, NEXT] });
  });
  afterAll(async () => {
    await nginx.stop();
    gateway.close();
  });

  test.each([
    ['no secret', {}],
    ['a wrong one', { 'x-origin-secret': 'c3'.repeat(16) }],
    ['the right one in other letters', { 'x-origin-secret': NEXT.toLowerCase() }],
    ['a part of it', { 'x-origin-secret': NOW.slice(1) }],
  ])('refuses a request with %s, as a problem that says why', async (_what, headers) => {
    const { status, body } = await ask('/v1/events', headers);
    expect(status).toBe(403);
    expect(body).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: expect.stringContaining('public address'),
    });
  });

  test.each([NOW, NEXT])(
    'passes a request with %s on, and keeps the secret to itself',
    async (secret) => {
      const { status, body } = await ask('/v1/targets', { 'x-origin-secret': secret });
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('x-origin-secret');
    },
  );

  test('lets probes in without a secret', async () => {
    for (const path of ['/health/ready', '/health/live']) {
      expect(await ask(path)).toMatchObject({ status: 200 });
    }
    expect(await ask('/health/ready/x')).toMatchObject({ status: 403 });
  });

  test('takes the address that the network saw for the client, whatever the client claims', async () => {
    const { body } = await ask('/v1/targets', {
      'x-origin-secret': NOW,
      'x-forwarded-for': '10.9.9.9, 203.0.113.7',
    });
    expect(body['x-forwarded-for']).toBe('203.0.113.7');
  });
});

describe('configuring a host', () => {
  let moto: Moto;
  let record: string;
  beforeAll(async () => {
    moto = await startMoto();
    for (const [name, value] of Object.entries({
      'origin-secret': NOW,
      'settings/SEALING_KEYS': 'one:abc=',
      'settings/TRUST_PROXY': '2',
    })) {
      await command(
        'aws',
        [
          'ssm',
          'put-parameter',
          '--name',
          `/signalbox-test/${name}`,
          '--type',
          'SecureString',
          '--value',
          value,
        ],
        { env: moto.env },
      );
    }
    record = join(folder, 'record.json');
    await writeFile(
      record,
      JSON.stringify({
        shape: 'box',
        originName: null,
        publicUrl: 'https://e.example.com',
        backups: 's3://b',
      }),
    );
  });
  afterAll(() => moto.stop());

  const configure = async (...more: string[]) =>
    runScript(
      'scripts/deploy/configure-host.ts',
      [
        ...['--record', record, '--settings', '/signalbox-test/', '--user', ''],
        ...['--home', folder, '--to', join(folder, 'etc'), '--state', join(folder, 'state')],
        ...['--listen', `127.0.0.1:${await freePort()}`, '--reload', 'true', ...more],
      ],
      moto.env,
    );

  test('writes settings that only the gateway reads, and a configuration that nginx takes', async () => {
    expect(await configure()).toMatchObject({ code: 0 });
    const file = join(folder, 'etc/environment');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('SEALING_KEYS="one:abc="\n');
    expect(text).toContain('TRUST_PROXY="2"\n');
    expect(text).toContain('BACKUP_TO="s3://b"\n');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const secrets = await readFile(join(folder, 'etc/nginx/machine/origin-secret.conf'), 'utf8');
    expect(secrets).toBe(`default 1;\n"~^${NOW}$" 0;\n`);
  });

  test('has the gateway tell its figures where the alarms of its environment look', async () => {
    expect(await configure()).toMatchObject({ code: 0 });
    const text = await readFile(join(folder, 'etc/environment'), 'utf8');
    const monitoring = join(ROOT, 'infra/terraform/modules/monitoring');
    const namespace = /^ {2}namespace = "(.+)"$/m.exec(
      await readFile(join(monitoring, 'main.tf'), 'utf8'),
    )?.[1];
    expect(text).toContain(`CLOUDWATCH_NAMESPACE="${String(namespace)}"\n`);
    // Alarms have the name of the environment as their only dimension, and parameters lie below that name.
    expect(await readFile(join(monitoring, 'alarms.tf'), 'utf8')).toContain(
      'environment = { Environment = var.name }',
    );
    for (const environment of ['dev', 'staging', 'production']) {
      const root = join(ROOT, 'infra/terraform/environments', environment);
      expect(await readFile(join(root, 'outputs.tf'), 'utf8')).toMatch(
        /settings_path += "\/\$\{local\.name\}\/"/,
      );
    }
    expect(text).toContain('CLOUDWATCH_ENVIRONMENT="signalbox-test"\n');
    const region = moto.env['AWS_DEFAULT_REGION'];
    expect(text).toContain(`AWS_REGION="${String(region)}"\n`);
  });

  test('fetches the roots of a fleet’s database, keeps them when they do not come, and wants them at first', async () => {
    const roots = '-----BEGIN CERTIFICATE-----\nof RDS\n-----END CERTIFICATE-----\n';
    let status = 503;
    const truststore = createServer((_request, response) => {
      response.writeHead(status).end(roots);
    }).listen(0, '127.0.0.1');
    await once(truststore, 'listening');
    const { port } = truststore.address() as AddressInfo;
    const ofFleet = join(folder, 'fleet.json');
    const said = JSON.parse(await readFile(record, 'utf8')) as Record<string, unknown>;
    await writeFile(ofFleet, JSON.stringify({ ...said, shape: 'fleet' }));
    const asFleet = () =>
      configure('--record', ofFleet, '--database-roots', `http://127.0.0.1:${port}/`);
    try {
      expect(await asFleet()).toMatchObject({ code: 1, output: expect.stringContaining('503') });
      status = 200;
      expect(await asFleet()).toMatchObject({ code: 0 });
      status = 503;
      expect(await asFleet()).toMatchObject({
        code: 0,
        output: expect.stringContaining('Those that are there stay'),
      });
    } finally {
      truststore.close();
    }
    expect(await readFile(join(folder, 'etc/rds.pem'), 'utf8')).toBe(roots);
  });

  test('empties a setting whose parameter is gone, since a reload would leave it as it was', async () => {
    const parameter = ['--name', '/signalbox-test/settings/LOG_LEVEL'];
    const written = async () => {
      expect(await configure()).toMatchObject({ code: 0 });
      return readFile(join(folder, 'etc/environment'), 'utf8');
    };
    const put = ['ssm', 'put-parameter', '--type', 'String', '--value', 'debug', ...parameter];
    await command('aws', put, { env: moto.env });
    expect(await written()).toContain('LOG_LEVEL="debug"\n');
    await command('aws', ['ssm', 'delete-parameter', ...parameter], { env: moto.env });
    for (let times = 0; times < 2; times += 1) expect(await written()).toContain('LOG_LEVEL=""\n');
  });

  test('keeps the configuration that runs when nginx refuses the new one', async () => {
    const before = await readFile(join(folder, 'etc/nginx/machine/listen-http.conf'), 'utf8');
    const { code, output } = await configure('--listen', 'nowhere:at:all');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('nginx') });
    expect(await readFile(join(folder, 'etc/nginx/machine/listen-http.conf'), 'utf8')).toBe(before);
  });
});

describe('a file of settings', () => {
  test('holds what a shell or systemd would take for more than text in a form that is read as text', () => {
    expect(renderEnvironment({ B: 'x"y\\z$HOME`id`', A: 'a b', C: '' })).toBe(
      'A="a b"\nB="x\\"y\\\\z\\$HOME\\`id\\`"\n',
    );
    expect(() => renderEnvironment({ A: 'x\nB=y' })).toThrow('more than one line');
    expect(() => renderEnvironment({ 'A B': 'x' })).toThrow('not the name of a setting');
  });
});
