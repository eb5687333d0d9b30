import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { createHitStore } from './create-hit-store.ts';

const LIMIT = 5;

function setUp() {
  const clock = new FakeClock();
  const store = createHitStore(clock, 1000, () => LIMIT);
  const hits = async (key = 'a') => (await store.increment(key)).totalHits;
  return { clock, store, hits };
}

describe('the hit store', () => {
  test('counts each key by itself', async () => {
    const { hits } = setUp();
    expect([await hits('a'), await hits('a'), await hits('b')]).toEqual([1, 2, 1]);
  });

  test('begins anew when the window has ended', async () => {
    const { clock, hits } = setUp();
    await hits();
    clock.advance(1000);
    expect(await hits()).toBe(1);
  });

  test('says when the window ends', async () => {
    const { clock, store } = setUp();
    const { resetTime } = await store.increment('a');
    expect(resetTime?.getTime()).toBe(clock.now() + 1000);
  });

  test('carries what a batch was above the limit into the windows that follow', async () => {
    const { clock, store, hits } = setUp();
    await hits();
    store.add('a', 11);
    clock.advance(1000);
    expect(await hits()).toBe(8);
    clock.advance(1000);
    expect(await hits()).toBe(3);
  });

  test('does not carry refused hits: a client that keeps knocking is let in again', async () => {
    const { clock, hits } = setUp();
    for (let count = 0; count < 100; count += 1) await hits();
    clock.advance(1000);
    expect(await hits()).toBe(1);
  });

  test('goes on counting right when there are more keys than it keeps', async () => {
    const { clock, store } = setUp();
    for (let key = 0; key < 10_000; key += 1) await store.increment(String(key));
    clock.advance(1000);
    await store.increment('one more');
    await store.increment('0');
    const { totalHits } = await store.increment('0');
    expect(totalHits).toBe(2);
  });
});
