import type { Clock } from '../domain/clock.ts';
import type { Transform } from '../domain/resources.ts';
import type { JsonataJob, JsonataOutcome } from './jsonata-job.ts';
import { createJsonataThread, type WaitingJob } from './jsonata-thread.ts';
import { startJsonataWorker } from './start-jsonata-worker.ts';
import { createSuspects } from './suspects.ts';
import type { TransformLimits } from './transform-limits.ts';

/** Runs JSONata transforms away from the event loop. */
export interface JsonataRunner {
  run(key: string, transform: Transform, structured: string): Promise<JsonataOutcome>;
  /** Runs a transform that somebody is trying out, where it holds up none of those that `run` is for. */
  tryOut(transform: Transform, structured: string): Promise<JsonataOutcome>;
  close(): Promise<void>;
}

const WINDOW = 64;
const IDLE_MS = 10_000;

/**
 * One thread for all transforms, and a second one, while it is needed, for those that are not trusted: what is tried out, and
 * what overran the first thread within the last minute. There they run one at a time, so that none has to run again because of another.
 */
export function createJsonataRunner(
  clock: Clock,
  limits: TransformLimits,
  startWorker = startJsonataWorker,
): JsonataRunner {
  const suspects = createSuspects(clock);
  const parts = { clock, limits, startWorker, onStopped };
  const main = createJsonataThread({ ...parts, window: WINDOW, idleMs: null });
  const apart = createJsonataThread({ ...parts, window: 1, idleMs: IDLE_MS });
  let lastNumber = 0;
  let isClosed = false;

  function onStopped(culprit: JsonataJob, left: readonly WaitingJob[]): void {
    suspects.add(culprit);
    for (const waiting of left) place(waiting);
  }

  function place(waiting: WaitingJob): void {
    const isTrusted = !waiting.isTrial && !suspects.has(waiting.job);
    (isTrusted ? main : apart).add(waiting);
  }

  function run(
    { key, transform, structured }: Omit<JsonataJob, 'number'>,
    isTrial: boolean,
  ): Promise<JsonataOutcome> {
    if (isClosed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      lastNumber += 1;
      const job = { number: lastNumber, key, transform, structured };
      place({ job, isTrial, resolve, reject });
    });
  }

  return {
    run: (key, transform, structured) => run({ key, transform, structured }, false),
    tryOut: (transform, structured) => run({ key: 'trial', transform, structured }, true),
    async close() {
      isClosed = true;
      await Promise.all([main.close(closed()), apart.close(closed())]);
    },
  };
}

function closed(): Error {
  return new Error('The transformer is closed.');
}
