import { Worker } from 'node:worker_threads';
import type { JsonataWorkerData } from './jsonata-job.ts';
import type { TransformLimits } from './transform-limits.ts';

/** A thread that runs jobs, and what it shares: see `PROGRESS_JOB` and `PROGRESS_START`. */
export interface StartedWorker {
  worker: Worker;
  progress: Float64Array;
}

export type StartWorker = (limits: TransformLimits) => StartedWorker;

export const startJsonataWorker: StartWorker = (limits) => {
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
  return { worker, progress: new Float64Array(progress) };
};
