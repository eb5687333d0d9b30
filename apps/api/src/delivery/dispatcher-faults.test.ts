import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { turn, useBench } from './testing/use-bench.ts';

const { answering, bench, clock, receiver, stateOf, store, storeWith } = useBench(openSqliteStore);

describe('a store that refuses', () => {
  test('an outcome gets it again, and nothing is sent twice', async () => {
    let refusals = 3;
    const { url, received } = await answering();
    const storeForDispatcher = storeWith({
      settle(settlements) {
        refusals -= 1;
        return refusals >= 0
          ? Promise.reject(new GatewayError('not_ready', 'The store is away.'))
          : store().settle(settlements);
      },
    });
    const one = bench({ storeForDispatcher });
    const ids = await one.accept(await one.addTarget(url), 5);
    for (let round = 0; round < 3; round += 1) {
      await untilRefusalsAre(2 - round);
      clock().advance(5000);
    }
    await one.dispatcher.idle();
    expect(received).toHaveLength(5);
    expect((await Promise.all(ids.map(stateOf))).map(({ state }) => state)).toEqual(
      Array(5).fill('succeeded'),
    );

    async function untilRefusalsAre(count: number): Promise<void> {
      while (refusals > count) await turn();
      await turn();
    }
  });
});

describe('with random faults', () => {
  test('2,000 deliveries arrive, each exactly once', async () => {
    const succeeded = new Map<string, number>();
    const random = seeded(7);
    const { url } = await receiver(({ headers }, response) => {
      const draw = random();
      if (draw < 0.1) return void response.destroy();
      if (draw < 0.25) return void response.writeHead(500).end();
      if (draw < 0.3) return void response.writeHead(429, { 'retry-after': '0' }).end();
      const id = String(headers['webhook-id']);
      succeeded.set(id, (succeeded.get(id) ?? 0) + 1);
      response.end('x'.repeat(Math.floor(random() * 2000)));
    });
    const failing = <T>(work: () => Promise<T>): Promise<T> =>
      random() < 0.2 ? Promise.reject(new GatewayError('overloaded', 'Later.')) : work();
    const storeForDispatcher = storeWith({
      settle: (settlements) => failing(() => store().settle(settlements)),
      claim: (request) => failing(() => store().claim(request)),
      release: (claims) => failing(() => store().release(claims)),
    });
    const one = bench({ storeForDispatcher, clock: systemClock });
    const routes = [];
    for (let count = 0; count < 4; count += 1)
      routes.push(
        await one.addTarget(url, {
          retry: { scheduleSeconds: Array<number>(30).fill(0.02), finalCodes: [] },
          maxConcurrency: 5 + count,
        }),
      );
    for (let round = 0; round < 50; round += 1)
      for (const route of routes) await one.accept(route, 10);
    for (;;) {
      await one.dispatcher.idle();
      const { deliveries } = await store().conservation();
      if (deliveries.succeeded === 2000) break;
      expect(deliveries.dead + deliveries.cancelled).toBe(0);
      await turn();
    }
    expect(succeeded.size).toBe(2000);
    expect([...succeeded.values()].every((count) => count === 1)).toBe(true);
  }, 60_000);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
