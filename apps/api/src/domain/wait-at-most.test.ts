import { expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';
import { waitAtMost } from './wait-at-most.ts';

test('work that ends in time is waited for', async () => {
  const clock = new FakeClock();
  const work = Promise.withResolvers<undefined>();
  const waited = waitAtMost(clock, 100, work.promise);
  clock.advance(99);
  work.resolve(undefined);
  expect(await waited).toBe(true);
});

test('work that takes longer is waited for no longer, and may fail later', async () => {
  const clock = new FakeClock();
  const work = Promise.withResolvers<undefined>();
  const waited = waitAtMost(clock, 100, work.promise);
  clock.advance(100);
  expect(await waited).toBe(false);
  work.reject(new Error('too late'));
});

test('a failure in time is told', async () => {
  const failing = waitAtMost(new FakeClock(), 100, Promise.reject(new Error('gone')));
  await expect(failing).rejects.toThrow('gone');
});
