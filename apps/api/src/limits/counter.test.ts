import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { createCounter, type Counter } from './counter.ts';
import type { Ask, Grant } from './ledger.ts';
import { LONGEST_WAIT_MS } from './lease.ts';
import type { SharingMode } from './sharing.ts';
import { createWindows } from './windows.ts';

const WINDOW_MS = 1000;
const STEPS = 20;

/** Several processes on one clock that count in one ledger. */
function setUp(limit: number, processes: number, mode: SharingMode = 'together') {
  const clock = new FakeClock();
  const ledger = createWindows(clock);
  const world = {
    mode,
    processes,
    calls: 0,
    /** What stands between a question and its answer. */
    answer: (grant: () => Grant): Promise<Grant> => Promise.resolve(grant()),
  };
  const sharing = {
    state: () => ({ mode: world.mode, processes: world.processes }),
    take: (ask: Ask) => {
      world.calls += 1;
      return world.answer(() => ledger.take(ask));
    },
  };
  const counters = Array.from({ length: processes }, () =>
    createCounter({ name: 'source', clock, windowMs: WINDOW_MS, limitOf: () => limit, sharing }),
  );
  const isLetIn = async (counter: Counter | undefined, key = 'a') =>
    counter ? (await counter.hit(key)).totalHits <= limit : false;
  /** Sends `hits` over one window, spread evenly; answers how many were let in. */
  async function send(hits: number, pick: (index: number) => number): Promise<number> {
    const endsAt = clock.now() + WINDOW_MS;
    let letIn = 0;
    for (let index = 0; index < hits; index += 1) {
      if (await isLetIn(counters[pick(index)])) letIn += 1;
      if (index % Math.ceil(hits / STEPS) === 0) clock.advance((WINDOW_MS - 100) / STEPS);
    }
    clock.advance(endsAt - clock.now());
    return letIn;
  }
  return { clock, world, counters, isLetIn, send };
}

describe('a process that counts alone', () => {
  test('is exact and asks nobody', async () => {
    const { world, send } = setUp(200, 1, 'alone');
    expect(await send(400, () => 0)).toBe(200);
    expect(await send(400, () => 0)).toBe(200);
    expect(world.calls).toBe(0);
  });

  test('answers at once, with what is left and when the window ends', () => {
    const { clock, counters } = setUp(3, 1, 'alone');
    const resetTime = new Date(clock.now() + WINDOW_MS);
    const totals = [1, 2, 3, 4].map(() => counters[0]?.hit('a'));
    expect(totals).toEqual([1, 2, 3, 4].map((totalHits) => ({ totalHits, resetTime })));
  });

  test('lets the windows that follow pay for a batch', async () => {
    const { clock, counters, isLetIn } = setUp(5, 1, 'alone');
    const [counter] = counters;
    await isLetIn(counter);
    counter?.charge('a', 11);
    clock.advance(WINDOW_MS);
    expect(await isLetIn(counter)).toBe(false);
    clock.advance(WINDOW_MS);
    expect(await isLetIn(counter)).toBe(true);
  });
});

describe('processes that count together', () => {
  test.each([
    { limit: 10, processes: 2 },
    { limit: 200, processes: 2 },
    { limit: 10_000, processes: 2 },
    { limit: 10, processes: 16 },
    { limit: 200, processes: 16 },
    { limit: 10_000, processes: 16 },
  ])(
    'let in $limit a window and at most 5 % less, $processes of them, evenly loaded or not',
    async ({ limit, processes }) => {
      const { send } = setUp(limit, processes);
      const splits = [
        (index: number) => index % processes,
        (index: number) => (index % 10 === 0 ? 1 + (index % (processes - 1)) : 0),
      ];
      for (const split of splits) {
        const letIn = await send(limit * 2, split);
        expect(letIn).toBeLessThanOrEqual(limit);
        expect(letIn).toBeGreaterThanOrEqual(limit * 0.95);
      }
    },
  );

  test('ask rarely where the limit is large, and not at all once it is used up', async () => {
    const { world, send } = setUp(10_000, 2);
    await send(10_000, (index) => index % 2);
    expect(world.calls).toBeLessThanOrEqual(110);
    const before = world.calls;
    world.calls = 0;
    await send(40_000, (index) => index % 2);
    expect(world.calls).toBeLessThanOrEqual(before + 10);
  });

  test('hold nothing back where the limit is small', async () => {
    const { counters, isLetIn } = setUp(20, 16);
    for (const counter of counters) expect(await isLetIn(counter)).toBe(true);
    const answers = [];
    for (let hit = 0; hit < 5; hit += 1) answers.push(await isLetIn(counters[0]));
    expect(answers).toEqual([true, true, true, true, false]);
  });

  test('let a batch that one of them took be paid for in all of them', async () => {
    const { clock, counters, isLetIn } = setUp(10, 2);
    expect(await isLetIn(counters[0])).toBe(true);
    counters[0]?.charge('a', 24);
    clock.advance(WINDOW_MS);
    expect(await isLetIn(counters[1])).toBe(false);
    clock.advance(WINDOW_MS);
    expect(await isLetIn(counters[1])).toBe(true);
  });

  test('say what is left for all of them', async () => {
    const { counters } = setUp(10, 2);
    await counters[0]?.hit('a');
    expect(await counters[1]?.hit('a')).toMatchObject({ totalHits: 2 });
  });

  test('bring what they counted before they met', async () => {
    const { world, counters, isLetIn } = setUp(10, 2, 'alone');
    world.processes = 1;
    for (let hit = 0; hit < 8; hit += 1) await isLetIn(counters[0]);
    Object.assign(world, { mode: 'together', processes: 2 });
    expect(await isLetIn(counters[0])).toBe(true);
    expect(await isLetIn(counters[1])).toBe(true);
    expect(await isLetIn(counters[1])).toBe(false);
  });
});

describe('when the ledger does not answer', () => {
  test('a hit waits a few milliseconds and those after it do not wait', async () => {
    const { clock, world, counters } = setUp(10, 2);
    world.answer = () => new Promise(() => {});
    const first = counters[0]?.hit('a');
    expect(first).toBeInstanceOf(Promise);
    clock.advance(LONGEST_WAIT_MS);
    expect(await first).toMatchObject({ totalHits: 1 });
    expect(counters[0]?.hit('a')).toMatchObject({ totalHits: 2 });
  });

  test('each process lets in its share of the limit, which counts when the answer comes', async () => {
    const { clock, world, counters, isLetIn } = setUp(10, 2);
    let release = (): void => {};
    world.answer = (grant) =>
      new Promise((resolve) => {
        release = () => resolve(grant());
      });
    const first = isLetIn(counters[0]);
    clock.advance(LONGEST_WAIT_MS);
    const answers = [await first];
    for (let hit = 0; hit < 7; hit += 1) answers.push(await isLetIn(counters[0]));
    expect(answers.filter(Boolean)).toHaveLength(5);
    world.answer = (grant) => Promise.resolve(grant());
    release();
    let letIn = 0;
    for (let hit = 0; hit < 20; hit += 1) if (await isLetIn(counters[0])) letIn += 1;
    expect(letIn).toBe(5);
  });

  test('a rejected question is decided by the share too', async () => {
    const { world, counters, isLetIn } = setUp(10, 2);
    world.answer = () => Promise.reject(new Error('gone'));
    const answers = [];
    for (let hit = 0; hit < 8; hit += 1) answers.push(await isLetIn(counters[0]));
    expect(answers.filter(Boolean)).toHaveLength(5);
  });

  test('counting apart goes on from what was known, and back', async () => {
    const { world, counters, isLetIn } = setUp(10, 2);
    const letInOf = async (counter: Counter | undefined, hits: number) => {
      let letIn = 0;
      for (let hit = 0; hit < hits; hit += 1) if (await isLetIn(counter)) letIn += 1;
      return letIn;
    };
    expect(await letInOf(counters[0], 6)).toBe(6);
    world.mode = 'apart';
    expect(await letInOf(counters[0], 6)).toBe(2);
    expect(await letInOf(counters[1], 6)).toBe(5);
    world.mode = 'together';
    expect(await letInOf(counters[0], 6)).toBe(0);
  });
});
