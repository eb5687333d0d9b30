import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { createWindows } from './windows.ts';

const LIMIT = 5;
const WINDOW_MS = 1000;

function setUp() {
  const clock = new FakeClock();
  const windows = createWindows(clock);
  const take = (want: number, spent = 0, key = 'a', heard = { hits: 0, endsInMs: 0 }) =>
    windows.take({
      key,
      windowMs: WINDOW_MS,
      limit: LIMIT,
      spent,
      want,
      heardHits: heard.hits,
      heardEndsInMs: heard.endsInMs,
    });
  return { clock, windows, take };
}

describe('windows', () => {
  test('grant no more than the limit, to each key by itself', () => {
    const { take } = setUp();
    expect([take(3), take(3), take(3), take(3, 0, 'b')].map(({ granted }) => granted)).toEqual([
      3, 2, 0, 3,
    ]);
  });

  test('begin with the first hit and begin anew when they have ended', () => {
    const { clock, take } = setUp();
    expect(take(LIMIT)).toEqual({ granted: LIMIT, hits: LIMIT, endsInMs: WINDOW_MS });
    clock.advance(WINDOW_MS - 1);
    expect(take(1)).toEqual({ granted: 0, hits: LIMIT, endsInMs: 1 });
    clock.advance(1);
    expect(take(1)).toEqual({ granted: 1, hits: 1, endsInMs: WINDOW_MS });
  });

  test('let later windows pay for what was spent above the limit', () => {
    const { clock, take } = setUp();
    take(1, 11);
    clock.advance(WINDOW_MS);
    expect(take(1)).toMatchObject({ granted: 0, hits: 6 });
    clock.advance(WINDOW_MS);
    expect(take(1)).toMatchObject({ granted: 1, hits: 2 });
    clock.advance(10 * WINDOW_MS);
    expect(take(1)).toMatchObject({ granted: 1, hits: 1 });
  });

  test('do not carry refused hits: a client that keeps knocking is let in again', () => {
    const { clock, take } = setUp();
    for (let count = 0; count < 100; count += 1) take(1);
    clock.advance(WINDOW_MS);
    expect(take(1)).toMatchObject({ granted: 1, hits: 1 });
  });

  test('go on from what was heard of a key that they do not know, and only then', () => {
    const { take } = setUp();
    const heard = { hits: 4, endsInMs: 300 };
    expect(take(3, 0, 'a', heard)).toEqual({ granted: 1, hits: LIMIT, endsInMs: 300 });
    expect(take(3, 0, 'a', heard)).toMatchObject({ granted: 0, hits: LIMIT });
  });

  test('go on counting right when there are more keys than they keep', () => {
    const { clock, take } = setUp();
    for (let key = 0; key < 10_000; key += 1) take(1, 0, String(key));
    clock.advance(WINDOW_MS);
    take(1, 0, 'one more');
    take(1, 0, '0');
    expect(take(1, 0, '0').hits).toBe(2);
  });
});
