import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from '@redis/client';
import fc from 'fast-check';
import { startRedis, type RedisServer } from '../../../test/support/start-redis.ts';
import { waitUntil } from '../../../test/support/wait-until.ts';
import { systemClock } from '../../domain/clock.ts';
import type { Ledger } from '../ledger.ts';
import { expectWithinFivePercent } from '../machine/measure-for-tests.ts';
import { createWindows } from '../windows.ts';
import { createRedisLedger } from './create-redis-ledger.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.kill());

let opened: Ledger[];
beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((ledger) => ledger.close()));
});

async function open(processId: string): Promise<Ledger> {
  const ledger = createRedisLedger({ url: redis.url, processId, clock: systemClock });
  opened.push(ledger);
  await ledger.join();
  return ledger;
}

let lastKey = 0;
const newKey = () => `source:${(lastKey += 1)}`;
const HOUR_MS = 3_600_000;
const ask = (key: string, want: number, spent = 0) => ({
  key,
  windowMs: HOUR_MS,
  limit: 10,
  spent,
  want,
  heardHits: 0,
  heardEndsInMs: 0,
});

describe('the count in Redis', () => {
  test('is one for all processes', async () => {
    const [first, second] = [await open('prc_1'), await open('prc_2')];
    const key = newKey();
    expect(await first.take(ask(key, 4))).toMatchObject({ granted: 4, hits: 4 });
    const grant = await second.take(ask(key, 9));
    expect(grant).toMatchObject({ granted: 6, hits: 10 });
    expect(grant.endsInMs).toBeGreaterThan(HOUR_MS - 60_000);
  });

  test('grants what the windows in memory would', async () => {
    const ledger = await open('prc_1');
    const amount = fc.nat({ max: 30 });
    const step = fc.record({
      key: fc.constantFrom('a', 'b'),
      want: amount,
      spent: amount,
      heardHits: amount,
      heardEndsInMs: fc.constantFrom(0, 60_000),
      limit: fc.integer({ min: 1, max: 60 }),
    });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const windows = createWindows({ now: () => 0 });
      const prefix = newKey();
      for (const { key, ...rest } of steps) {
        const one = { ...rest, key: prefix + key, windowMs: HOUR_MS };
        const { granted, hits } = windows.take(one);
        expect(await ledger.take(one)).toMatchObject({ granted, hits });
      }
    });
    await fc.assert(property, { numRuns: 50 });
  });

  test('lets later windows pay for what was spent above the limit, and is then forgotten', async () => {
    const ledger = await open('prc_1');
    const key = newKey();
    const short = { ...ask(key, 0), windowMs: 300, limit: 300 };
    const before = await ledger.take({ ...short, spent: 700 });
    expect(before.hits).toBe(700);
    let hits = 700;
    await waitUntil(
      () => 'the window has not ended',
      5000,
      async () => {
        hits = (await ledger.take(short)).hits;
        return hits < 700;
      },
    );
    expect([400, 100, 0]).toContain(hits);
    const client = await createClient({ url: redis.url }).connect();
    const keys = () => client.keys(`signalbox:limits:${key}`);
    expect(await keys()).toHaveLength(1);
    await waitUntil(
      () => 'the key is still there',
      5000,
      async () => (await keys()).length === 0,
    );
    client.destroy();
  });

  test('knows how many processes there are, and forgets those that leave or fall silent', async () => {
    const [first, second] = [await open('prc_1'), await open('prc_2')];
    await open('prc_silent');
    expect(await first.join()).toBe(3);
    await second.close();
    expect(await first.join()).toBe(2);
    await waitUntil(
      () => 'the silent one is still counted',
      5000,
      async () => (await first.join()) === 1,
    );
  });
});

describe('two processes that send twice the limit', () => {
  test.each([
    { split: 'evenly', shares: [0.5, 0.5] },
    { split: 'nine to one', shares: [0.9, 0.1] },
  ])('let in 10, 200 and 10,000 in every second, within 5 %, loaded $split', async ({ shares }) => {
    for (const limit of [10, 200, 10_000]) {
      await expectWithinFivePercent({ place: '', redisUrl: redis.url, limit, shares });
    }
  });
});

describe('when Redis is gone', () => {
  test('a question is rejected at once, and is answered again when Redis is back', async () => {
    const ledger = await open('prc_1');
    await redis.kill();
    const key = newKey();
    await waitUntil(
      () => 'the loss is not noticed',
      5000,
      () =>
        ledger.take(ask(key, 1)).then(
          () => false,
          () => true,
        ),
    );
    const startedAt = performance.now();
    await expect(ledger.take(ask(key, 1))).rejects.toThrow();
    await expect(ledger.join()).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(100);
    await redis.start();
    await waitUntil(
      () => 'Redis is not found again',
      5000,
      () =>
        ledger.join().then(
          () => true,
          () => false,
        ),
    );
    expect(await ledger.take(ask(key, 1))).toMatchObject({ granted: 1 });
  });

  test('a process that starts meanwhile hears so, and closes in peace', async () => {
    await redis.kill();
    const ledger = createRedisLedger({ url: redis.url, processId: 'prc_1', clock: systemClock });
    await waitUntil(
      () => 'nothing is said',
      5000,
      () =>
        Promise.race([
          ledger.join().then(
            () => false,
            () => true,
          ),
          new Promise<boolean>((done) => systemClock.after(50, () => done(false))),
        ]),
    );
    await expect(ledger.join()).rejects.toThrow('ECONNREFUSED');
    await ledger.close();
    await redis.start();
  });
});
