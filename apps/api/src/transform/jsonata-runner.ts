import { Worker } from 'node:worker_threads';
import type { Clock } from '../domain/clock.ts';
import type { Transform } from '../domain/resources.ts';
import { PROGRESS_JOB, PROGRESS_START } from './jsonata-job.ts';
import type { JsonataJob, JsonataOutcome, JsonataReply, JsonataWorkerData } from './jsonata-job.ts';
import type { TransformLimits } from './transform-limits.ts';

/** Runs JSONata transforms away from the event loop. */
export interface JsonataRunner {
  run(key: string, transform: Transform, structured: string): Promise<JsonataOutcome>;
  close(): Promise<void>;
}

interface Waiting {
  job: JsonataJob;
  resolve: (outcome: JsonataOutcome) => void;
  reject: (error: Error) => void;
}

interface Running {
  worker: Worker;
  progress: Float64Array;
  /** Sent and not answered, by number, oldest first. */
  sent: Map<number, Waiting>;
  stopWatch: () => void;
}

/** Most jobs that a worker holds: as many may have to run again when it is stopped. */
const WINDOW = 64;
const WATCH_MS = 20;
/** A worker that does not even answer how long it ran is stopped after this many times the limit. */
const UNRESPONSIVE_FACTOR = 50;

/**
 * One worker thread, started with the first job. A job that uses more processor time or memory than allowed fails, its
 * thread is replaced, and the jobs that waited behind it run in the new one.
 */
export function createJsonataRunner(clock: Clock, limits: TransformLimits): JsonataRunner {
  const queue: Waiting[] = [];
  let running: Running | null = null;
  let lastNumber = 0;
  let isFlushing = false;
  let isClosed = false;

  function start(): Running {
    const progress = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
    const { outputBytes, depth, cachedTransforms } = limits;
    const workerData: JsonataWorkerData = { progress, outputBytes, depth, cachedTransforms };
    const file = import.meta.url.endsWith('.ts') ? './jsonata-worker.ts' : './jsonata-worker.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 16 },
    });
    const started: Running = {
      worker,
      progress: new Float64Array(progress),
      sent: new Map(),
      stopWatch: () => undefined,
    };
    worker.on('message', (replies: JsonataReply[]) => receive(started, replies));
    worker.on('error', (error) => replace(started, messageOf(error), error));
    watch(started);
    return started;
  }

  function flush(): void {
    isFlushing = false;
    if (isClosed || queue.length === 0) return;
    running ??= start();
    const batch = queue.splice(0, WINDOW - running.sent.size);
    if (batch.length === 0) return;
    for (const waiting of batch) running.sent.set(waiting.job.number, waiting);
    running.worker.ref();
    running.worker.postMessage(batch.map(({ job }) => job));
  }

  function receive(from: Running, replies: readonly JsonataReply[]): void {
    for (const { number, outcome } of replies) {
      from.sent.get(number)?.resolve(outcome);
      from.sent.delete(number);
    }
    // An idle thread must not keep the process alive.
    if (from.sent.size === 0) from.worker.unref();
    flush();
  }

  /** Fails the job that runs, and lets all others run again elsewhere. */
  function replace(old: Running, message: string, cause?: unknown): void {
    if (running !== old) return;
    running = null;
    old.stopWatch();
    void old.worker.terminate();
    const culprit = old.progress[PROGRESS_JOB] ?? 0;
    const failed = old.sent.get(culprit);
    old.sent.delete(culprit);
    failed?.resolve({ outcome: 'failed', message, position: null });
    if (failed) queue.unshift(...old.sent.values());
    else for (const { reject } of old.sent.values()) reject(new Error(message, { cause }));
    flush();
  }

  function watch(watched: Running): void {
    let seen = 0;
    let seenAt = clock.now();
    const look = (): void => {
      if (running !== watched) return;
      const number = watched.progress[PROGRESS_JOB] ?? 0;
      if (number !== seen) seenAt = clock.now();
      const waitedMs = clock.now() - seenAt;
      if (number !== 0 && waitedMs >= limits.timeMs * UNRESPONSIVE_FACTOR) {
        replace(watched, tooLong(limits));
        return;
      }
      if (number !== 0 && number === seen) void checkUsage(watched, number);
      seen = number;
      watched.stopWatch = clock.after(WATCH_MS, look);
    };
    watched.stopWatch = clock.after(WATCH_MS, look);
  }

  // Processor time, not the clock on the wall: a busy machine is no fault of the expression.
  async function checkUsage(watched: Running, number: number): Promise<void> {
    try {
      const used = await watched.worker.cpuUsage();
      const usedMs = (used.user + used.system - (watched.progress[PROGRESS_START] ?? 0)) / 1000;
      const isSameJob = watched.progress[PROGRESS_JOB] === number;
      if (isSameJob && usedMs >= limits.timeMs) replace(watched, tooLong(limits));
    } catch {
      // The thread ended meanwhile; its 'error' event tells the rest.
    }
  }

  return {
    run(key, transform, structured) {
      if (isClosed) return Promise.reject(new Error('The transformer is closed.'));
      return new Promise((resolve, reject) => {
        lastNumber += 1;
        queue.push({ job: { number: lastNumber, key, transform, structured }, resolve, reject });
        // What comes in the same turn of the event loop travels together.
        if (!isFlushing) setImmediate(flush);
        isFlushing = true;
      });
    },
    async close() {
      isClosed = true;
      const old = running;
      running = null;
      old?.stopWatch();
      const left = [...(old?.sent.values() ?? []), ...queue.splice(0)];
      for (const { reject } of left) reject(new Error('The transformer is closed.'));
      await old?.worker.terminate();
    },
  };
}

function tooLong(limits: TransformLimits): string {
  return `The expression ran for longer than ${limits.timeMs} ms.`;
}

function messageOf(error: unknown): string {
  const isMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? 'The expression used too much memory.' : 'The transform thread failed.';
}
