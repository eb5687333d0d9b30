import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signIn, type ApiClient } from '../support/api-client.ts';
import { startCountingReceiver, type CountingReceiver } from '../support/counting-receiver.ts';
import { openLiveStream } from '../support/open-live-stream.ts';
import { postOne, postSteadily } from '../support/post-steadily.ts';
import { startCluster, type Cluster } from '../support/start-cluster.ts';
import { ADMIN } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const RELOADS = 3;
const SENDERS = 20;
const TEST_TIMEOUT_MS = 180_000;
const DRAIN_TIMEOUT_MS = 60_000;

let cluster: Cluster;
let receiver: CountingReceiver;
let api: ApiClient;
let key: string;

beforeAll(async () => {
  receiver = await startCountingReceiver();
  cluster = await startCluster({
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'warn',
  });
  api = await signIn(cluster.url);
  const source = await api.post<{ id: string }>('/v1/sources', { name: 'load' });
  ({ key } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, { name: 'load' }));
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
  await waitUntil(
    () => 'not every process routes yet',
    5000,
    async () => {
      const routed = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const { body } = await postOne(cluster.pm2.url, key);
          return (body as { status: string }).status === 'routed';
        }),
      );
      return !routed.includes(false);
    },
  );
});

afterAll(async () => {
  await cluster.stop();
  await receiver.close();
});

describe('a reload under load', () => {
  test.each([
    ['through nginx', () => cluster.url],
    ['direct', () => cluster.pm2.url],
  ])(
    'refuses no request and loses no event: %s',
    async (_way, url) => {
      const before = receiver.mailbox('/load').accepted.size;
      const workers = await cluster.pm2.pids();
      const load = postSteadily(url(), key, SENDERS);
      for (let count = 0; count < RELOADS; count += 1) await cluster.pm2.reload();
      const { accepted, failures } = await load.stop();

      expect(failures).toEqual([]);
      expect(accepted.length).toBeGreaterThan(100);
      const after = await cluster.pm2.pids();
      expect(after).toHaveLength(workers.length);
      expect(after.filter((pid) => workers.includes(pid))).toEqual([]);
      await waitUntil(
        () => `${before + accepted.length - receiver.mailbox('/load').accepted.size} are missing`,
        DRAIN_TIMEOUT_MS,
        () => receiver.mailbox('/load').accepted.size >= before + accepted.length,
      );
      const delivered = receiver.mailbox('/load').accepted;
      expect(accepted.filter((id) => !delivered.has(id))).toEqual([]);
      expect(receiver.mailbox('/load').forged).toBe(0);
      expect(await api.get('/v1/metrics/conservation')).toMatchObject({
        events: { balanced: true },
        deliveries: { balanced: true },
      });
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'ends live streams with a last message, and the reader goes on elsewhere without a gap',
    async () => {
      const stream = await openLiveStream(cluster.url, api.accessToken, '?topics=event.accepted');
      await postOne(cluster.url, key);
      const { id } = await stream.next('event.accepted');
      const reloaded = cluster.pm2.reload();
      const last = await stream.next('closing');
      expect(last.data).toContain('shutdown');
      const { body } = await postOne(cluster.url, key);
      await reloaded;
      const again = await openLiveStream(
        cluster.url,
        api.accessToken,
        '?topics=event.accepted',
        id,
      );
      expect(JSON.parse((await again.next('event.accepted')).data)).toMatchObject({
        id: (body as { id: string }).id,
      });
      again.close();
    },
    TEST_TIMEOUT_MS,
  );
});

describe('every worker', () => {
  test('runs with the memory settings that only count from its start', async () => {
    for (const pid of await cluster.pm2.pids()) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      expect(environment.split('\0')).toEqual(
        expect.arrayContaining([
          'MALLOC_MMAP_THRESHOLD_=1048576',
          'MALLOC_TRIM_THRESHOLD_=1048576',
        ]),
      );
    }
  });
});

describe('a worker that is killed', () => {
  test(
    'is back by itself, and others answer meanwhile',
    async () => {
      const workers = await cluster.pm2.pids();
      const load = postSteadily(cluster.url, key, 4);
      process.kill(workers[0] ?? 0, 'SIGKILL');
      await waitUntil(
        () => 'the worker does not come back',
        30_000,
        async () => {
          const now = await cluster.pm2.pids();
          return now.length === workers.length && !now.includes(workers[0] ?? 0);
        },
      );
      const { accepted, failures } = await load.stop();
      // What was on its way to the killed one is answered with 503, which says to come again.
      expect(failures.filter(({ status }) => status !== 503)).toEqual([]);
      expect(failures.length).toBeLessThan(accepted.length);
      expect(accepted.length).toBeGreaterThan(0);
    },
    TEST_TIMEOUT_MS,
  );
});
