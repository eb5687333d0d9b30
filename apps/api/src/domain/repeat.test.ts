import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { repeat } from './repeat.ts';

/** Lets everything that needs no outside event run to its end. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function started(
  work: (count: number, signal: AbortSignal) => number | undefined | Promise<number | undefined>,
  changes: { firstAfterMs?: number } = {},
) {
  const clock = new FakeClock();
  const start = clock.now();
  const at: number[] = [];
  const errors: unknown[] = [];
  const loop = repeat({
    clock,
    everyMs: 100,
    ...changes,
    async work(signal) {
      at.push(clock.now() - start);
      return work(at.length, signal);
    },
    onError: (error) => errors.push(error),
  });
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 10) {
      await settled();
      clock.advance(10);
    }
    await settled();
  }
  return { ...loop, at, errors, pass };
}

describe('work is done again', () => {
  test('at once and every so often, where it answers nothing', async () => {
    const loop = started(() => undefined);
    await loop.pass(250);
    expect(loop.at).toEqual([0, 100, 200]);
    await loop.stop();
  });

  test('first after a while, where that is asked for', async () => {
    const loop = started(() => undefined, { firstAfterMs: 30 });
    await loop.pass(250);
    expect(loop.at).toEqual([30, 130, 230]);
    await loop.stop();
  });

  test('when it wants to be called', async () => {
    const loop = started((count) => (count === 1 ? 20 : undefined));
    await loop.pass(150);
    expect(loop.at).toEqual([0, 20, 120]);
    await loop.stop();
  });

  test('after a failure, which is reported', async () => {
    const failure = new Error('gone');
    const loop = started((count) => {
      if (count === 1) throw failure;
      return undefined;
    });
    await loop.pass(100);
    expect(loop.at).toEqual([0, 100]);
    expect(loop.errors).toEqual([failure]);
    await loop.stop();
  });
});

describe('once it is stopped', () => {
  test('what is under way is told, and waited for, and nothing is done again', async () => {
    let hasEnded = false;
    const loop = started(async (_count, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await settled();
      hasEnded = true;
      return undefined;
    });
    await loop.stop();
    expect(hasEnded).toBe(true);
    await loop.pass(300);
    expect(loop.at).toEqual([0]);
  });

  test('what waits for its first time is not done', async () => {
    const loop = started(() => undefined, { firstAfterMs: 30 });
    await loop.stop();
    await loop.pass(100);
    expect(loop.at).toEqual([]);
  });
});
