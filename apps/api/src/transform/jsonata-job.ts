import type { Transform } from '../domain/resources.ts';
import type { TransformFailure } from './transform-result.ts';

/** One run, as the worker gets it. */
export interface JsonataJob {
  /** 1, 2, 3 …; 0 stands for no job. */
  number: number;
  key: string;
  transform: Transform;
  /** The event in the CloudEvents JSON format. */
  structured: string;
}

/** What the worker sends back. */
export type JsonataOutcome =
  | { outcome: 'ok'; body: string; headers: Record<string, string>; path: string | null }
  | { outcome: 'skip' }
  | TransformFailure;

export interface JsonataReply {
  number: number;
  outcome: JsonataOutcome;
}

/** Given to the worker when it starts. `progress`: see `PROGRESS_JOB` and `PROGRESS_START`. */
export interface JsonataWorkerData {
  progress: SharedArrayBuffer;
  outputBytes: number;
  depth: number;
  cachedTransforms: number;
}

/** Index of the number of the running job; 0 between jobs. */
export const PROGRESS_JOB = 0;
/** Index of the processor time (µs) that the worker had used when that job began. */
export const PROGRESS_START = 1;
