import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addSource,
  APART,
  knock,
  readGauge,
  TOGETHER,
  waitForLimitsCheck,
} from '../support/limited-gateways.ts';
import { startGateway, type GatewayProcess } from '../support/start-gateway.ts';
import { startRedis, type RedisServer } from '../support/start-redis.ts';

// Of one request on a busy machine; a hang would be seconds.
const LONGEST_ANSWER_MS = 1000;

let redis: RedisServer;
let folders: string[];
let gateways: GatewayProcess[];
let keys: string[];

beforeAll(async () => {
  redis = await startRedis();
  folders = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), 'signalbox-redis-'))));
  const environment = { REDIS_URL: redis.url, ADDRESS_RATE_PER_SECOND: '1', LOG_LEVEL: 'info' };
  gateways = await Promise.all(folders.map((folder) => startGateway(folder, environment)));
  keys = await Promise.all(gateways.map((gateway) => addSource(gateway, 100_000)));
  await everywhere(TOGETHER);
}, 60_000);
afterAll(async () => {
  redis.thaw();
  await Promise.all([...gateways.map((gateway) => gateway.kill()), redis.kill()]);
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

const everywhere = (expected: string) =>
  Promise.all(gateways.map((gateway) => waitForLimitsCheck(gateway, expected)));
const gauges = () =>
  Promise.all(gateways.map((gateway) => readGauge(gateway, 'signalbox_rate_limits_shared')));

/** Sends events to both gateways without a pause until it is told to stop; answers what came back. */
function startLoad(): {
  stop(): Promise<{ statuses: Set<number>; count: number; slowestMs: number }>;
} {
  const statuses = new Set<number>();
  let count = 0;
  let slowestMs = 0;
  let isRunning = true;
  const senders = gateways.flatMap(({ url }, index) =>
    [0, 1].map(async () => {
      while (isRunning) {
        const startedAt = performance.now();
        const { status } = await fetch(`${url}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${keys[index]}`, 'content-type': 'application/json' },
          body: '{"type":"order.created"}',
        });
        statuses.add(status);
        count += 1;
        slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      }
    }),
  );
  return {
    async stop() {
      isRunning = false;
      await Promise.all(senders);
      return { statuses, count, slowestMs };
    },
  };
}

const timesSaid = (gateway: GatewayProcess, text: string): number =>
  gateway.output().split(text).length - 1;

describe('two gateways that share nothing but Redis', () => {
  test('hold one limit together', async () => {
    const [first, second] = gateways;
    if (!first || !second) throw new Error('unreachable');
    const statuses = [...(await knock(first, 40)), ...(await knock(second, 30))].map(
      ({ status }) => status,
    );
    const letIn = statuses.filter((status) => status === 401).length;
    expect(statuses).toHaveLength(letIn + statuses.filter((status) => status === 429).length);
    expect(Math.abs(letIn - 60)).toBeLessThanOrEqual(3);
  });

  test('go on without a failure when Redis is killed under load, say so once, and come back by themselves', async () => {
    const load = startLoad();
    await redis.kill();
    await everywhere(APART);
    expect(await gauges()).toEqual([0, 0]);
    await redis.start();
    await everywhere(TOGETHER);
    expect(await gauges()).toEqual([1, 1]);
    const { statuses, count, slowestMs } = await load.stop();
    expect([...statuses]).toEqual([202]);
    expect(count).toBeGreaterThan(50);
    expect(slowestMs).toBeLessThan(LONGEST_ANSWER_MS);
    for (const gateway of gateways) {
      expect(timesSaid(gateway, 'rate limits cannot be shared')).toBe(1);
      expect(timesSaid(gateway, 'rate limits are counted by')).toBeGreaterThanOrEqual(1);
    }
  }, 40_000);

  test('do not hang when Redis is frozen, and come back when it wakes', async () => {
    const load = startLoad();
    redis.freeze();
    await everywhere(APART);
    redis.thaw();
    await everywhere(TOGETHER);
    const { statuses, slowestMs } = await load.stop();
    expect([...statuses]).toEqual([202]);
    expect(slowestMs).toBeLessThan(LONGEST_ANSWER_MS);
  }, 40_000);
});
