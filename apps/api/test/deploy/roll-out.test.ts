import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempt } from '../../../../scripts/deploy/lib/command.ts';
import { signIn } from '../support/api-client.ts';
import { startCountingReceiver, type CountingReceiver } from '../support/counting-receiver.ts';
import { beginWith, makeRelease, type Release } from '../support/make-releases.ts';
import { postSteadily } from '../support/post-steadily.ts';
import { runScript } from '../support/run-script.ts';
import { startReleaseHost, type ReleaseHost } from '../support/start-release-host.ts';
import { waitUntil } from '../support/wait-until.ts';

/* One host from its first release on; each test finds what the one before has left. */

const ROOT = resolve(import.meta.dirname, '../../../..');
const TEST_TIMEOUT_MS = 400_000;
const SENDERS = 8;

let folder: string;
let host: ReleaseHost;
let receiver: CountingReceiver;
let first: Release;
let artifact: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-releases-'));
  receiver = await startCountingReceiver();
  host = await startReleaseHost();
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  await host.stop();
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

const buildInto = (name: string) =>
  runScript('scripts/deploy/build-artifact.ts', [
    ...['--to', join(folder, name), '--version', '0.1.0-first', '--allow-changes'],
  ]);

const runningVersion = async (): Promise<string> => {
  const response = await fetch(`${host.url}/health/ready`);
  return ((await response.json()) as { version: string }).version;
};

/** Rolls a release out while events come in. Everything that was accepted must arrive. */
async function rollOutUnderLoad(...options: string[]) {
  const before = receiver.mailbox('/load').accepted.size;
  const load = postSteadily(host.url, key, SENDERS);
  const ended = await host.rollOut(...options);
  const { accepted, failures } = await load.stop();
  expect(accepted.length).toBeGreaterThan(100);
  await waitUntil(
    () => `${before + accepted.length - receiver.mailbox('/load').accepted.size} are missing`,
    60_000,
    () => receiver.mailbox('/load').accepted.size >= before + accepted.length,
  );
  expect(receiver.mailbox('/load').accepted.size).toBe(before + accepted.length);
  return { ...ended, failures };
}

describe('an artifact', () => {
  test(
    'is the same bytes each time it is built from the same files, and its manifest and its list of parts too',
    async () => {
      for (const name of ['one', 'two']) expect(await buildInto(name)).toMatchObject({ code: 0 });
      const files = await readdir(join(folder, 'one'));
      expect(files.sort()).toEqual([
        'signalbox-0.1.0-first.json',
        'signalbox-0.1.0-first.sbom.json',
        'signalbox-0.1.0-first.tar.gz',
      ]);
      for (const file of files) {
        const [one, two] = await Promise.all(
          ['one', 'two'].map((name) => readFile(join(folder, name, file))),
        );
        expect(one?.equals(two ?? Buffer.of())).toBe(true);
      }
      const text = await readFile(join(folder, 'one/signalbox-0.1.0-first.json'), 'utf8');
      const manifest = JSON.parse(text) as Record<string, string>;
      expect(manifest).toMatchObject({
        version: '0.1.0-first',
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      artifact = join(folder, 'one', manifest['file'] ?? '');
      first = {
        version: '0.1.0-first',
        options: ['--artifact', artifact, '--sha256', manifest['sha256'] ?? ''],
      };
      const sbom = JSON.parse(
        await readFile(join(folder, 'one/signalbox-0.1.0-first.sbom.json'), 'utf8'),
      ) as { components: { name: string }[] };
      const parts = sbom.components.map(({ name }) => name);
      expect(parts).toEqual(expect.arrayContaining(['express', 'better-sqlite3', 'react']));
      expect(parts).not.toContain('jest');
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a roll-out', () => {
  test('with --dry-run says what it would do, and leaves the host as it is', async () => {
    const { code, output } = await host.rollOut(...first.options, '--dry-run');
    expect(code).toBe(0);
    expect(output).toContain('would put');
    expect(await readdir(host.folder)).not.toContain('releases');
  });

  test('refuses an artifact with another checksum', async () => {
    const { code, output } = await host.rollOut('--artifact', artifact, '--sha256', 'f'.repeat(64));
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('not the artifact that was built'),
    });
    expect(await readdir(join(host.folder, 'releases')).catch(() => [])).toEqual([]);
  });

  test(
    'of the first release starts it on an empty host, behind nginx',
    async () => {
      expect(await host.rollOut(...first.options)).toMatchObject({ code: 0 });
      expect(await runningVersion()).toBe('0.1.0-first');
      const page = await fetch(host.url);
      expect(await page.text()).toContain('<div id="root">');

      const api = await signIn(host.url);
      const source = await api.post<{ id: string }>('/v1/sources', { name: 'load' });
      ({ key } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, { name: 'l' }));
      const target = await api.post<{ id: string; secret: string }>('/v1/targets', {
        name: 'load',
        url: receiver.open('/load', () => 'accept'),
        maxConcurrency: 64,
      });
      receiver.trust('/load', target.secret);
      await api.post('/v1/subscriptions', {
        name: 'load',
        targetId: target.id,
        pattern: { type: ['steady'] },
      });
    },
    TEST_TIMEOUT_MS,
  );

  test('is asked from outside by the smoke test, which tells a wrong version', async () => {
    const smoke = (version: string) =>
      attempt('scripts/smoke.sh', [host.url, version], {
        cwd: ROOT,
        env: { CURL_CA_BUNDLE: process.env['NODE_EXTRA_CA_CERTS'] ?? '', SIGNALBOX_KEY: key },
      });
    const { code, output } = await smoke('0.1.0-first');
    expect({ code, failed: output.match(/^FAILED.*$/gm) }).toEqual({ code: 0, failed: null });
    expect(output).toContain('an event is accepted');
    expect(await smoke('0.1.0-other')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^FAILED +it is version 0\.1\.0-other$/m),
    });
  });

  test(
    'of the next one under load replaces every worker, refuses no request and loses no event',
    async () => {
      const second = await makeRelease(folder, artifact, '0.1.0-second');
      const workers = await host.pm2.pids();
      const { code, failures } = await rollOutUnderLoad(...second.options);
      expect({ code, failures }).toEqual({ code: 0, failures: [] });
      expect(await runningVersion()).toBe('0.1.0-second');
      expect((await host.pm2.pids()).filter((pid) => workers.includes(pid))).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'of one that cannot start by itself ends before anything is touched',
    async () => {
      const broken = await makeRelease(folder, artifact, '0.1.0-broken', (release) =>
        rm(join(release, 'node_modules/express'), { recursive: true }),
      );
      const workers = await host.pm2.pids();
      const { code, output } = await host.rollOut(...broken.options);
      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('express') });
      expect(await host.pm2.pids()).toEqual(workers);
      expect(await runningVersion()).toBe('0.1.0-second');
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'of one that fails in its place goes back by itself, and loses nothing that was accepted',
    async () => {
      const failing = await makeRelease(folder, artifact, '0.1.0-failing', (release) =>
        beginWith(release, 'if (process.env.PM2_HOME) process.exit(1);'),
      );
      const { code, output, failures } = await rollOutUnderLoad(...failing.options);
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining('Rolled back: 0.1.0-second answers.'),
      });
      expect(failures.filter(({ status }) => status !== 503)).toEqual([]);
      expect(await runningVersion()).toBe('0.1.0-second');
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'back to the release before is one option',
    async () => {
      const { code, failures } = await rollOutUnderLoad('--version', '0.1.0-first');
      expect({ code, failures }).toEqual({ code: 0, failures: [] });
      expect(await runningVersion()).toBe('0.1.0-first');
      expect((await readdir(join(host.folder, 'releases'))).length).toBeLessThanOrEqual(3);
    },
    TEST_TIMEOUT_MS,
  );
});
