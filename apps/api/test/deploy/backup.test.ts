import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { signIn, type ApiClient } from '../support/api-client.ts';
import { postOne } from '../support/post-steadily.ts';
import { runScript } from '../support/run-script.ts';
import { startBox, type Box } from '../support/start-box.ts';
import { startMoto, type Moto } from '../support/start-moto.ts';

/* One box and its bucket of backups; each test finds what the one before has left. */

const BUCKET = 'signalbox-test-backups';

let moto: Moto;
let box: Box;
let api: ApiClient;
let key: string;

beforeAll(async () => {
  const sealing = { SEALING_KEYS: `box:${randomBytes(32).toString('base64')}` };
  [moto, box] = await Promise.all([startMoto(), startBox(sealing)]);
  await aws(
    ...['s3api', 'create-bucket', '--bucket', BUCKET],
    ...['--create-bucket-configuration', 'LocationConstraint=eu-central-1'],
  );
  api = await signIn(box.url);
  const source = await api.post<{ id: string }>('/v1/sources', { name: 'shop' });
  ({ key } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, { name: 'shop' }));
});

afterAll(async () => {
  await Promise.all([moto.stop(), box.stop()]);
});

const aws = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await command('aws', args, { env: moto.env })) || 'null') as T;
const script = (name: string, ...args: string[]) =>
  runScript(`scripts/deploy/${name}.ts`, ['--release', box.release, ...args], {
    ...box.pm2.env,
    ...moto.env,
    BACKUP_TO: `s3://${BUCKET}`,
  });
const restore = (...more: string[]) =>
  script(
    'restore',
    ...['--user', ''],
    ...['--stop', box.pm2Command('stop', 'signalbox')],
    ...['--start', box.pm2Command('start', 'signalbox'), '--gateway', box.url, ...more],
  );
const keys = async (): Promise<string[]> => {
  const found = await aws<{ Contents?: { Key: string }[] } | null>(
    ...['s3api', 'list-objects-v2', '--bucket', BUCKET],
  );
  return found?.Contents?.map(({ Key }) => Key) ?? [];
};
const countEvents = async (): Promise<number> => {
  const { data } = await (await signIn(box.url)).get<{ data: unknown[] }>('/v1/events?limit=100');
  return data.length;
};
const send = async (count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    expect(await postOne(box.url, key)).toMatchObject({ status: 202 });
  }
};

describe('a backup', () => {
  test('with --dry-run puts nothing into the bucket', async () => {
    expect(await script('backup', '--dry-run')).toMatchObject({ code: 0 });
    expect(await keys()).toEqual([]);
  });

  test('is made while the gateway runs; the first of a day is kept apart from the others', async () => {
    await send(5);
    for (const expected of [/^daily\/[\d-]+\/[\dT.Z-]+\.sealed$/, /^recent\//]) {
      const metric = ['--metric', 'Signalbox', '--environment', 'signalbox-test'];
      expect(await script('backup', ...metric)).toMatchObject({ code: 0 });
      expect((await keys()).filter((name) => expected.test(name))).toHaveLength(1);
    }
  });

  test('is unreadable without the key', async () => {
    const [first = ''] = await keys();
    const text = await command('aws', ['s3', 'cp', `s3://${BUCKET}/${first}`, '-'], {
      env: moto.env,
    });
    expect(text).toMatch(/^signalbox-sealed-backup 1\n/);
    expect(text).not.toContain('SQLite format');
  });

  test('is verified by a restore beside the store, and the outcome becomes a metric', async () => {
    const options = ['--metric', 'Signalbox', '--environment', 'signalbox-test'];
    const { code, output } = await script('verify-backup', ...options);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('5 events are there'),
    });
    const { Metrics } = await aws<{ Metrics: { MetricName: string }[] }>(
      ...['cloudwatch', 'list-metrics', '--namespace', 'Signalbox'],
    );
    expect(Metrics.map(({ MetricName }) => MetricName).sort()).toEqual([
      'BackupAgeSeconds',
      'BackupVerified',
    ]);
  });

  test('that is older than allowed fails the verification', async () => {
    const { code, output } = await script('verify-backup', '--oldest-minutes', '0');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('minutes old') });
  });
});

describe('a restore', () => {
  test('brings back what was there at that moment, and the gateway answers again', async () => {
    await send(3);
    expect(await countEvents()).toBe(8);
    const { code, output } = await restore();
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/ready after [\d.]+ s\nrestored: 5 events/),
    });
    expect(await countEvents()).toBe(5);
    await send(1);
    expect(await countEvents()).toBe(6);
  });

  test('refuses a backup whose bytes were changed, and leaves the gateway as it runs', async () => {
    const workers = await box.pm2.pids();
    const newest = (await keys()).sort().at(-1) ?? '';
    const { Metadata } = await aws<{ Metadata: Record<string, string> }>(
      ...['s3api', 'head-object', '--bucket', BUCKET, '--key', newest],
    );
    const metadata = Object.entries(Metadata).map((pair) => pair.join('='));
    await command(
      'aws',
      ['s3', 'cp', '-', `s3://${BUCKET}/${newest}`, '--metadata', metadata.join(',')],
      { env: moto.env, input: 'something else' },
    );
    const { code, output } = await restore();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('has not the checksum'),
    });
    expect(await box.pm2.pids()).toEqual(workers);
  });

  test('before the first backup says that there is none', async () => {
    expect(await restore('--before', '2020-01-01T00:00:00Z')).toMatchObject({
      code: 1,
      output: expect.stringContaining('holds no backup'),
    });
  });
});

describe('rotating the signing key', () => {
  test('shows the new key beside the old one and signs nobody out', async () => {
    const session = await signIn(box.url);
    const { code, output } = await script('rotate-signing-keys', '--gateway', box.url);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('shown beside') });
    await session.get('/v1/sources');
  });

  test('in a copy of the store, which the gateway does not look at, is noticed', async () => {
    const main = join(box.release, 'apps/api/dist/cli/main.js');
    const elsewhere = { ...box.pm2.env, DATA_DIR: join(box.folder, 'elsewhere') };
    const copy = join(box.folder, 'copy');
    await command(process.execPath, [main, 'backup', copy], { env: box.pm2.env });
    await command(process.execPath, [main, 'restore', copy], { env: elsewhere });
    const { code, output } = await runScript(
      'scripts/deploy/rotate-signing-keys.ts',
      ['--release', box.release, '--gateway', box.url, '--seconds', '2'],
      elsewhere,
    );
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('does not show the new key'),
    });
  });

  test('with --dry-run makes no key', async () => {
    const shown = async () => (await fetch(`${box.url}/.well-known/jwks.json`)).text();
    const before = await shown();
    expect(await script('rotate-signing-keys', '--dry-run')).toMatchObject({ code: 0 });
    expect(await shown()).toBe(before);
  });
});
