import { expect, test } from '@jest/globals';
import { createCachedReading } from './cached-reading.ts';
import { FakeClock } from './fake-clock.ts';

test('callers share a reading until it is too old', async () => {
  const clock = new FakeClock();
  let count = 0;
  const read = createCachedReading(clock, () => Promise.resolve((count += 1)), 1000);
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  clock.advance(999);
  expect(await read()).toBe(1);
  clock.advance(1);
  expect(await read()).toBe(2);
});

test('a slow reading is asked for rarely', async () => {
  const clock = new FakeClock();
  let count = 0;
  const slow = () => {
    clock.advance(500);
    return Promise.resolve((count += 1));
  };
  const read = createCachedReading(clock, slow, 1000);
  await read();
  clock.advance(9999);
  expect(await read()).toBe(1);
  clock.advance(1);
  expect(await read()).toBe(2);
});

test('a failed reading is not kept', async () => {
  const clock = new FakeClock();
  let count = 0;
  const flaky = () => (++count === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(count));
  const read = createCachedReading(clock, flaky, 1000);
  await expect(read()).rejects.toThrow('gone');
  expect(await read()).toBe(2);
});
