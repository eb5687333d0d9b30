import { expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { PROGRESS_JOB } from './jsonata-job.ts';
import type { StartedWorker } from './start-jsonata-worker.ts';
import { watchUsage } from './watch-usage.ts';

/** A worker that runs job 1, asked twice what it used. */
function watched(cpuUsage: () => Promise<object>, onOverrun: () => void): () => void {
  const clock = new FakeClock();
  const progress = new Float64Array(2);
  progress[PROGRESS_JOB] = 1;
  const worker = { cpuUsage } as unknown as StartedWorker['worker'];
  const stop = watchUsage({ worker, progress }, { clock, timeMs: 100, onOverrun });
  clock.advance(40);
  return stop;
}

test('a thread that ended while it was asked has not overrun', async () => {
  let overruns = 0;
  const stop = watched(
    () => Promise.reject(new Error('The worker does not run.')),
    () => (overruns += 1),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(overruns).toBe(0);
  stop();
});
