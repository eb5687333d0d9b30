import { describe, expect, test } from '@jest/globals';
import { createIdFactory } from './ids.ts';

describe('createIdFactory', () => {
  test('an id is its prefix and 26 characters without dots', () => {
    expect(createIdFactory(() => 1)('evt')).toMatch(/^evt_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  test('ids sort by the time they were made', () => {
    let now = 1_700_000_000_000;
    const createId = createIdFactory(() => (now += 7));
    const ids = Array.from({ length: 1000 }, () => createId('dlv'));
    expect([...ids].sort()).toEqual(ids);
  });

  test('ids of one millisecond are distinct and in order', () => {
    const createId = createIdFactory(() => 1_700_000_000_000);
    const ids = Array.from({ length: 100_000 }, () => createId('evt'));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  test('counting up within a millisecond goes on past the lower half of the random bits', () => {
    const createId = createIdFactory(
      () => 5,
      () => 2 ** 40 - 2,
    );
    const ids = Array.from({ length: 4 }, () => createId('evt'));
    expect(new Set(ids).size).toBe(4);
    expect([...ids].sort()).toEqual(ids);
  });

  test('the milliseconds stand in front, in base 32', () => {
    expect(createIdFactory(() => 0)('evt')).toMatch(/^evt_0000000000/);
    expect(createIdFactory(() => 33)('evt')).toMatch(/^evt_0000000011/);
    expect(createIdFactory(() => 2 ** 48 - 1)('evt')).toMatch(/^evt_7zzzzzzzzz/);
  });

  test('a clock that goes back does not put ids out of order', () => {
    const times = [1000, 2000, 1500, 1999, 2001];
    const createId = createIdFactory(() => times.shift() ?? 0);
    const ids = Array.from({ length: 5 }, () => createId('att'));
    expect([...ids].sort()).toEqual(ids);
  });

  test('two factories do not make the same id', () => {
    const [a, b] = [createIdFactory(() => 5), createIdFactory(() => 5)];
    expect(a('key')).not.toBe(b('key'));
  });
});
