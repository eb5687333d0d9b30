import type { Clock } from '../domain/clock.ts';
import { PROGRESS_JOB } from './jsonata-job.ts';
import type { JsonataJob, JsonataOutcome, JsonataReply } from './jsonata-job.ts';
import type { StartedWorker, StartWorker } from './start-jsonata-worker.ts';
import type { TransformLimits } from './transform-limits.ts';
import { watchUsage } from './watch-usage.ts';

/** A job and whoever waits for its outcome. */
export interface WaitingJob {
  job: JsonataJob;
  /** A person waits for it: it runs before those that are not. */
  isTrial: boolean;
  resolve: (outcome: JsonataOutcome) => void;
  reject: (error: Error) => void;
}

/** One worker thread, started with the first job. */
export interface JsonataThread {
  add(waiting: WaitingJob): void;
  /** Ends the thread and rejects what waits for it. */
  close(reason: Error): Promise<void>;
}

interface Running extends StartedWorker {
  /** Sent and not answered, by number, oldest first. */
  sent: Map<number, WaitingJob>;
  stopWatch: () => void;
}

/**
 * A job that uses more processor time or memory than allowed fails and ends its thread; the next job starts a new one.
 * @param window most jobs that the worker holds: as many may have to run again when it is stopped
 * @param idleMs so long without a job the thread stays; null: for good
 * @param onStopped told whose fault the end was, and what else the thread had to do, which must be added again somewhere
 */
export function createJsonataThread(deps: {
  clock: Clock;
  limits: TransformLimits;
  startWorker: StartWorker;
  window: number;
  idleMs: number | null;
  onStopped: (culprit: JsonataJob, left: readonly WaitingJob[]) => void;
}): JsonataThread {
  const { clock, limits } = deps;
  const queue: WaitingJob[] = [];
  let running: Running | null = null;
  let stopIdle = () => {};
  let isFlushing = false;

  function start(): Running {
    const started = deps.startWorker(limits);
    const onOverrun = (job: number): void => {
      stop(one, job, new Error(`The expression ran for longer than ${limits.timeMs} ms.`));
    };
    const stopWatch = watchUsage(started, { clock, timeMs: limits.timeMs, onOverrun });
    const one: Running = { ...started, sent: new Map(), stopWatch };
    one.worker.on('message', (replies: JsonataReply[]) => receive(one, replies));
    one.worker.on('error', (error) => {
      stop(one, one.progress[PROGRESS_JOB] ?? 0, new Error(messageOf(error), { cause: error }));
    });
    return one;
  }

  function flush(): void {
    isFlushing = false;
    if (queue.length === 0) return;
    running ??= start();
    const batch = queue.splice(0, deps.window - running.sent.size);
    if (batch.length === 0) return;
    stopIdle();
    for (const waiting of batch) running.sent.set(waiting.job.number, waiting);
    running.worker.ref();
    running.worker.postMessage(batch.map(({ job }) => job));
  }

  function receive(from: Running, replies: readonly JsonataReply[]): void {
    for (const { number, outcome } of replies) {
      from.sent.get(number)?.resolve(outcome);
      from.sent.delete(number);
    }
    flush();
    if (from.sent.size > 0 || running !== from) return;
    // An idle thread must not keep the process alive.
    from.worker.unref();
    if (deps.idleMs !== null) stopIdle = clock.after(deps.idleMs, () => void end());
  }

  function end(): Promise<unknown> {
    const ended = running;
    running = null;
    stopIdle();
    ended?.stopWatch();
    return ended?.worker.terminate() ?? Promise.resolve();
  }

  /** Fails the job that ran, with its thread. Where none ran, nothing is known of those that were sent. */
  function stop(old: Running, job: number, error: Error): void {
    if (running !== old) return;
    void end();
    const culprit = old.sent.get(job);
    if (!culprit) {
      for (const { reject } of old.sent.values()) reject(error);
      flush();
      return;
    }
    old.sent.delete(job);
    culprit.resolve({ outcome: 'failed', message: error.message, position: null });
    deps.onStopped(culprit.job, [...old.sent.values(), ...queue.splice(0)]);
  }

  return {
    add(waiting) {
      const behindTrials = waiting.isTrial ? queue.findIndex(({ isTrial }) => !isTrial) : -1;
      queue.splice(behindTrials === -1 ? queue.length : behindTrials, 0, waiting);
      // What comes in the same turn of the event loop travels together.
      if (!isFlushing) setImmediate(flush);
      isFlushing = true;
    },
    async close(reason) {
      const left = [...(running?.sent.values() ?? []), ...queue.splice(0)];
      for (const { reject } of left) reject(reason);
      await end();
    },
  };
}

function messageOf(error: unknown): string {
  const isMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? 'The expression used too much memory.' : 'The transform thread failed.';
}
