import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { hashFile } from '../../../../scripts/deploy/lib/hash-file.ts';
import { packFolder } from '../../../../scripts/deploy/lib/pack-folder.ts';
import { runScript } from '../support/run-script.ts';
import { startMoto, type Moto } from '../support/start-moto.ts';

const [BUILDS, DASHBOARD] = ['signalbox-test-artifacts', 'signalbox-test-frontend'];

let moto: Moto;
let folder: string;
let manifest: string;
let distribution: string;
let edge: Server;
/** What the edge answers as its version. */
let answered = '';

const aws = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await command('aws', args, { env: moto.env })) || 'null') as T;
const script = (name: string, ...args: string[]) =>
  runScript(`scripts/deploy/${name}.ts`, args, moto.env);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-publish-'));
  moto = await startMoto();
  edge = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'ready', version: answered }));
  }).listen(0, '127.0.0.1');
  manifest = await makeArtifact('1.0.0', 'first');
  for (const bucket of [BUILDS, DASHBOARD]) {
    await aws(
      ...['s3api', 'create-bucket', '--bucket', bucket],
      ...['--create-bucket-configuration', 'LocationConstraint=eu-central-1'],
    );
  }
  const created = await aws<{ Distribution: { Id: string } }>(
    ...['cloudfront', 'create-distribution', '--origin-domain-name', 'origin.example.com'],
  );
  distribution = created.Distribution.Id;
});

afterAll(async () => {
  edge.close();
  await moto.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Everything that the scripts of this file look at, and no gateway. Answers the path of its manifest. */
async function makeArtifact(version: string, content: string): Promise<string> {
  const stage = join(folder, `stage-${content}`);
  const dist = join(stage, 'apps/dashboard/dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await mkdir(join(dist, '.vite'));
  for (const [name, text] of Object.entries({
    'index.html': `<script src="/assets/${content}.js">`,
    'favicon.svg': '<svg/>',
    '.vite/manifest.json': '{}',
    [`assets/${content}.js`]: content,
    [`assets/${content}.js.gz`]: 'packed',
    [`assets/${content}.js.br`]: 'packed',
  })) {
    await writeFile(join(dist, name), text);
  }
  const place = join(folder, content);
  await mkdir(place);
  const file = `signalbox-${version}.tar.gz`;
  await packFolder(stage, join(place, file), '2026-01-01T00:00:00Z');
  const sha256 = await hashFile(join(place, file));
  const { size: sizeBytes } = await readFile(join(place, file)).then(({ length: size }) => ({
    size,
  }));
  await writeFile(join(place, file.replace('.tar.gz', '.sbom.json')), '{}');
  const path = join(place, file.replace('.tar.gz', '.json'));
  await writeFile(path, JSON.stringify({ version, file, sha256, sizeBytes }));
  return path;
}

describe('an upload', () => {
  const upload = (path: string, ...more: string[]) =>
    script('upload-artifact', '--manifest', path, '--bucket', BUILDS, ...more);
  const keys = async () =>
    (
      await aws<{ Contents?: { Key: string }[] } | null>(
        ...['s3api', 'list-objects-v2', '--bucket', BUILDS],
      )
    )?.Contents?.map(({ Key }) => Key) ?? [];

  test('with --dry-run leaves the bucket empty', async () => {
    expect(await upload(manifest, '--dry-run')).toMatchObject({
      code: 0,
      output: expect.stringContaining('would upload'),
    });
    expect(await keys()).toEqual([]);
  });

  test('puts the artifact, its list of parts and its manifest in place, byte for byte', async () => {
    expect(await upload(manifest)).toMatchObject({ code: 0 });
    expect(await keys()).toEqual([
      'releases/1.0.0/manifest.json',
      'releases/1.0.0/sbom.json',
      'releases/1.0.0/signalbox.tar.gz',
    ]);
    const back = join(folder, 'back');
    await command('aws', ['s3', 'cp', `s3://${BUILDS}/releases/1.0.0/signalbox.tar.gz`, back], {
      env: moto.env,
    });
    const { sha256 } = JSON.parse(await readFile(manifest, 'utf8')) as { sha256: string };
    expect(await hashFile(back)).toBe(sha256);
  });

  test('of the same bytes again does nothing, of others under the same version is refused', async () => {
    expect(await upload(manifest)).toMatchObject({
      code: 0,
      output: expect.stringContaining('there already'),
    });
    expect(await upload(await makeArtifact('1.0.0', 'other'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('other bytes'),
    });
  });
});

describe('fetching what was built for an earlier deployment', () => {
  const fetchInto = (name: string, version: string, ...more: string[]) =>
    script(
      'fetch-artifact',
      ...['--bucket', BUILDS, '--version', version, '--to', join(folder, name), ...more],
    );

  test('with --dry-run fetches nothing', async () => {
    expect(await fetchInto('dry', '1.0.0', '--dry-run')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'dry'))).toBe(false);
  });

  test('gives the artifact and its manifest under the names that a build gives them', async () => {
    expect(await fetchInto('fetched', '1.0.0')).toMatchObject({ code: 0 });
    expect((await readdir(join(folder, 'fetched'))).sort()).toEqual([
      'signalbox-1.0.0.json',
      'signalbox-1.0.0.tar.gz',
    ]);
    const text = await readFile(join(folder, 'fetched/signalbox-1.0.0.json'), 'utf8');
    expect(text).toBe(await readFile(manifest, 'utf8'));
    const { sha256 } = JSON.parse(text) as { sha256: string };
    expect(await hashFile(join(folder, 'fetched/signalbox-1.0.0.tar.gz'))).toBe(sha256);
  });

  test('leaves no manifest beside other bytes than were built, and says so', async () => {
    const place = (name: string) => `s3://${BUILDS}/releases/1.0.9/${name}`;
    await command('aws', ['s3', 'cp', manifest, place('manifest.json')], { env: moto.env });
    const input = 'something else';
    await command('aws', ['s3', 'cp', '-', place('signalbox.tar.gz')], { env: moto.env, input });
    expect(await fetchInto('wrong', '1.0.9')).toMatchObject({
      code: 1,
      output: expect.stringContaining('has not the checksum of its manifest'),
    });
    expect(await readdir(join(folder, 'wrong'))).not.toContain('signalbox-1.0.0.json');
  });

  test('fails for a version that was never uploaded', async () => {
    expect(await fetchInto('none', '9.9.9')).toMatchObject({ code: 1 });
  });
});

describe('publishing the dashboard', () => {
  /** The AWS command line, writing down what it is asked for. */
  async function recordingAws(): Promise<{ env: Record<string, string>; log: string }> {
    const bin = join(folder, 'bin');
    const log = join(folder, 'calls.log');
    await mkdir(bin);
    const real = (await command('sh', ['-c', 'command -v aws'])).trim();
    await writeFile(join(bin, 'aws'), `#!/bin/sh\necho "$@" >> '${log}'\nexec '${real}' "$@"\n`);
    await chmod(join(bin, 'aws'), 0o755);
    return { env: { ...moto.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` }, log };
  }

  test('puts hashed files first and the page last, each with its caching, and makes the edge ask again', async () => {
    const { env, log } = await recordingAws();
    const artifact = manifest.replace('.json', '.tar.gz');
    const options = ['--artifact', artifact, '--bucket', DASHBOARD, '--distribution', distribution];
    const { code } = await runScript('scripts/deploy/publish-dashboard.ts', options, env);
    expect(code).toBe(0);

    const calls = (await readFile(log, 'utf8')).trim().split('\n');
    expect(calls.map((call) => / s3:\/\/[^/]+\/(\S*)/.exec(call)?.[1] ?? 'invalidate')).toEqual([
      'assets',
      '',
      'index.html',
      'invalidate',
    ]);
    const caching = async (Key: string) =>
      (
        await aws<{ CacheControl: string }>(
          ...['s3api', 'head-object', '--bucket', DASHBOARD, '--key', Key],
        )
      ).CacheControl;
    expect(await caching('assets/first.js')).toBe('public, max-age=31536000, immutable');
    expect(await caching('index.html')).toBe('no-cache');
    const { Contents } = await aws<{ Contents: { Key: string }[] }>(
      ...['s3api', 'list-objects-v2', '--bucket', DASHBOARD],
    );
    expect(Contents.map(({ Key }) => Key)).toEqual([
      'assets/first.js',
      'favicon.svg',
      'index.html',
    ]);
    const { InvalidationList } = await aws<{ InvalidationList: { Items: { Id: string }[] } }>(
      ...['cloudfront', 'list-invalidations', '--distribution-id', distribution],
    );
    expect(InvalidationList.Items).toHaveLength(1);
  });

  test('leaves the files of earlier versions for tabs that are open', async () => {
    const next = (await makeArtifact('1.1.0', 'second')).replace('.json', '.tar.gz');
    expect(
      await script('publish-dashboard', '--artifact', next, '--bucket', DASHBOARD),
    ).toMatchObject({ code: 0 });
    const page = await command('aws', ['s3', 'cp', `s3://${DASHBOARD}/index.html`, '-'], {
      env: moto.env,
    });
    expect(page).toContain('/assets/second.js');
    await aws('s3api', 'head-object', '--bucket', DASHBOARD, '--key', 'assets/first.js');
  });
});

describe('having the content delivery network forget paths', () => {
  const forget = (id: string, ...more: string[]) =>
    script('invalidate-cdn', '--distribution', id, '--paths', '/docs,/v1/*', ...more);
  const forgotten = async () => {
    const { InvalidationList } = await aws<{ InvalidationList: { Items?: { Id: string }[] } }>(
      ...['cloudfront', 'list-invalidations', '--distribution-id', distribution],
    );
    return InvalidationList.Items?.map(({ Id }) => Id) ?? [];
  };

  test('names them to the distribution, and with --dry-run does not', async () => {
    const before = await forgotten();
    expect(await forget(distribution, '--dry-run')).toMatchObject({ code: 0 });
    expect(await forgotten()).toEqual(before);
    expect(await forget(distribution)).toMatchObject({ code: 0 });
    const [id = ''] = (await forgotten()).filter((one) => !before.includes(one));
    const { Invalidation } = await aws<{ Invalidation: { InvalidationBatch: unknown } }>(
      ...['cloudfront', 'get-invalidation', '--distribution-id', distribution, '--id', id],
    );
    expect(Invalidation.InvalidationBatch).toMatchObject({
      Paths: { Items: ['/docs', '/v1/*'] },
    });
  });

  test('fails for a distribution that is not there', async () => {
    expect(await forget('E000NOTTHERE')).toMatchObject({
      code: 1,
      output: expect.stringContaining('NoSuchDistribution'),
    });
  });
});

describe('a roll-out on the hosts of an environment', () => {
  let deployment: string;
  const rollOut = (...more: string[]) => {
    const { port } = edge.address() as AddressInfo;
    return script(
      'roll-out-hosts',
      ...['--deployment', deployment, '--manifest', manifest, '--url', `http://127.0.0.1:${port}`],
      ...['--seconds', '1', ...more],
    );
  };
  const parameter = async (name: string) => {
    const { Parameters } = await aws<{ Parameters: { Value: string }[] }>(
      ...['ssm', 'get-parameters', '--names', `/signalbox-test/${name}`],
    );
    const [found] = Parameters;
    return found === undefined ? null : (JSON.parse(found.Value) as unknown);
  };

  beforeAll(async () => {
    const { Images } = await aws<{ Images: { ImageId: string }[] }>('ec2', 'describe-images');
    const { Instances } = await aws<{ Instances: { InstanceId: string }[] }>(
      ...['ec2', 'run-instances', '--image-id', Images[0]?.ImageId ?? '', '--count', '1'],
    );
    deployment = join(folder, 'deployment.json');
    await writeFile(
      deployment,
      JSON.stringify({
        name: 'signalbox-test',
        region: 'eu-central-1',
        shape: 'box',
        artifacts_bucket: BUILDS,
        backups_bucket: 'signalbox-test-backups',
        frontend_bucket: DASHBOARD,
        distribution_id: distribution,
        origin_name: null,
        settings_path: '/signalbox-test/',
        instance_id: Instances[0]?.InstanceId,
        scaling_group_name: null,
      }),
    );
  });

  test('that does not answer through the network with its version is taken back and never named to later hosts', async () => {
    answered = '0.9.0';
    const { code, output } = await rollOut();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('its last answer: ready 0.9.0'),
    });
    expect(await parameter('candidate')).toMatchObject({ version: '1.0.0' });
    expect(await parameter('release')).toBeNull();
  });

  test('that answers is told to the host by a command, and named to hosts that start later', async () => {
    answered = '1.0.0';
    expect(await rollOut()).toMatchObject({ code: 0 });
    const { sha256 } = JSON.parse(await readFile(manifest, 'utf8')) as { sha256: string };
    expect(await parameter('release')).toEqual({
      version: '1.0.0',
      artifact: `s3://${BUILDS}/releases/1.0.0/signalbox.tar.gz`,
      sha256,
      backups: 's3://signalbox-test-backups',
      publicUrl: expect.stringContaining('http://127.0.0.1'),
      shape: 'box',
      originName: null,
    });
    const { Commands } = await aws<{ Commands: { Parameters: { commands: string[] } }[] }>(
      ...['ssm', 'list-commands'],
    );
    expect(Commands[0]?.Parameters.commands).toEqual(['signalbox-release candidate']);
  });

  test('of a wrong file says which and how it is made', async () => {
    const { code, output } = await script(
      'roll-out-hosts',
      '--deployment',
      join(folder, 'none'),
      '--manifest',
      manifest,
      '--url',
      'http://127.0.0.1',
    );
    expect({ code, output }).toEqual({
      code: 2,
      output: expect.stringContaining('terraform output -json deployment'),
    });
  });
});
