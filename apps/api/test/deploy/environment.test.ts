import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { runScript } from '../support/run-script.ts';
import { startMoto, type Moto } from '../support/start-moto.ts';

const DEPLOYMENT = {
  name: 'signalbox-test',
  region: 'eu-central-1',
  shape: 'box',
  artifacts_bucket: 'signalbox-test-artifacts',
  backups_bucket: 'signalbox-test-backups',
  frontend_bucket: 'signalbox-test-frontend',
  distribution_id: 'E123',
  origin_name: null,
  settings_path: '/signalbox-test/',
  instance_id: 'i-0123456789abcdef0',
  scaling_group_name: null,
};

let moto: Moto;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-environment-'));
  moto = await startMoto();
});
afterAll(async () => {
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

const aws = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await command('aws', args, { env: moto.env })) || 'null') as T;
const script = (name: string, ...args: string[]) =>
  runScript(`scripts/deploy/${name}.ts`, args, moto.env);
const writeJson = async (name: string, value: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(value));
  return file;
};

describe('what Terraform says of an environment', () => {
  const share = (...args: string[]) => script('share-deployment', '--environment', 'test', ...args);
  const url = 'https://e123.cloudfront.net';

  test('with --dry-run is not shared, and what is not shared cannot be read', async () => {
    const from = await writeJson('outputs.json', { deployment: { value: DEPLOYMENT } });
    expect(await share('--from', from, '--dry-run')).toMatchObject({ code: 0 });
    const to = join(folder, 'none.json');
    expect(await share('--to', to)).toMatchObject({
      code: 1,
      output: expect.stringContaining('ParameterNotFound'),
    });
    expect(existsSync(to)).toBe(false);
  });

  test('comes back with the address, and without the other outputs', async () => {
    const from = await writeJson('outputs.json', {
      deployment: { value: DEPLOYMENT },
      url: { value: url },
      monitoring: { value: { topic_arn: 'arn:aws:sns:…' } },
    });
    expect(await share('--from', from)).toMatchObject({ code: 0 });
    const to = join(folder, 'deployment.json');
    expect(await share('--to', to)).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(to, 'utf8'))).toEqual({ ...DEPLOYMENT, url });
  });

  test('is refused from outputs of something else', async () => {
    const from = await writeJson('others.json', { state_bucket: { value: 'signalbox-state' } });
    expect(await share('--from', from)).toMatchObject({
      code: 2,
      output: expect.stringContaining('holds no output "deployment"'),
    });
  });
});

describe('a line on a host', () => {
  let manager: Server;
  /** What Session Manager answers to the next commands before it takes one: errors by their names. */
  let refusals: string[];
  /** What it answers to the next questions: an error, or what the command has come to. */
  let answers: (string | { Status: string; StandardOutputContent?: string })[];
  let sent: Record<string, unknown>[];

  beforeAll(async () => {
    manager = createServer((request, response) => {
      void json(request).then((asked) => {
        const isCommand = request.headers['x-amz-target'] === 'AmazonSSM.SendCommand';
        if (isCommand) sent.push(asked as Record<string, unknown>);
        const accepted = { Command: { CommandId: '12345678-1234-1234-1234-123456789012' } };
        const next = isCommand ? (refusals.shift() ?? accepted) : (answers.shift() ?? 'NoMore');
        const isError = typeof next === 'string';
        response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(isError ? { __type: next, message: 'no' } : next));
      });
    }).listen(0, '127.0.0.1');
    await once(manager, 'listening');
  });
  afterAll(() => {
    manager.close();
  });
  beforeEach(() => {
    [refusals, answers, sent] = [[], [], []];
  });

  async function runOnHost(...more: string[]) {
    const deployment = await writeJson('of-host.json', DEPLOYMENT);
    const { port } = manager.address() as AddressInfo;
    return runScript(
      'scripts/deploy/run-on-host.ts',
      ['--deployment', deployment, '--run', 'signalbox-run verify-backup', ...more],
      { ...moto.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    );
  }

  test('is sent to the instance of the deployment, and its output is shown when it has ended', async () => {
    answers = [
      'InvocationDoesNotExist',
      { Status: 'InProgress' },
      { Status: 'Success', StandardOutputContent: '5 events are there' },
    ];
    expect(await runOnHost('--seconds', '30')).toMatchObject({
      code: 0,
      output: expect.stringContaining('5 events are there'),
    });
    expect(sent).toEqual([
      expect.objectContaining({
        InstanceIds: [DEPLOYMENT.instance_id],
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: ['signalbox-run verify-backup'], executionTimeout: ['30'] },
      }),
    ]);
  });

  test('that fails there fails here, with what it said', async () => {
    answers = [{ Status: 'Failed', StandardOutputContent: 'The newest backup is 40 minutes old' }];
    const { code, output } = await runOnHost();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('Failed\nThe newest backup is 40 minutes old'),
    });
  });

  test('waits for an instance that has just been started', async () => {
    refusals = ['InvalidInstanceId'];
    answers = [{ Status: 'Success', StandardOutputContent: 'here now' }];
    expect(await runOnHost()).toMatchObject({
      code: 0,
      output: expect.stringContaining('here now'),
    });
    expect(sent).toHaveLength(2);
  });

  test('that the role may not send ends at once', async () => {
    refusals = ['AccessDeniedException'];
    expect(await runOnHost()).toMatchObject({
      code: 1,
      output: expect.stringContaining('AccessDeniedException'),
    });
    expect(sent).toHaveLength(1);
  });

  test('with --dry-run is not sent', async () => {
    expect(await runOnHost('--dry-run')).toMatchObject({ code: 0 });
    expect(sent).toEqual([]);
  });
});

describe('the copies that AWS keeps of a database', () => {
  const verify = (id: string, ...more: string[]) =>
    script('verify-database-backup', '--database', id, ...more);

  beforeAll(async () => {
    for (const [id, days] of Object.entries({ kept: '7', careless: '1' })) {
      await aws(
        ...['rds', 'create-db-instance', '--db-instance-identifier', `signalbox-${id}`],
        ...['--engine', 'postgres', '--db-instance-class', 'db.t4g.micro'],
        ...['--allocated-storage', '20', '--backup-retention-period', days],
        ...['--master-username', 'master', '--master-user-password', 'not-a-real-one'],
      );
    }
  });

  test('are enough when they are new and kept for long enough', async () => {
    expect(await verify('signalbox-kept')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/can be restored up to \d+ s ago, and keeps 7 days/),
    });
  });

  test('are not when they go too early, or end too long ago', async () => {
    expect(await verify('signalbox-careless')).toMatchObject({
      code: 1,
      output: expect.stringContaining('keeps its copies for 1 days'),
    });
    expect(await verify('signalbox-kept', '--oldest-minutes', '0')).toMatchObject({
      code: 1,
      output: expect.stringContaining('look at the events of the database'),
    });
  });

  test('of a database that is not there are missed', async () => {
    expect(await verify('signalbox-none')).toMatchObject({
      code: 1,
      output: expect.stringContaining('DBInstanceNotFound'),
    });
  });
});
