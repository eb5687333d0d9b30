import type { JobState, JobWait } from '../domain/job.ts';
import type { Job, JobTask } from './store.ts';

/** A job as the engines read it. */
export interface JobRow {
  seq: number;
  id: string;
  kind: string;
  state: string;
  /** JSON. */
  task: string;
  rate_per_second: number | null;
  expected: number | null;
  bound: string | null;
  position: string | null;
  scanned: number;
  made: number;
  waiting_for: string | null;
  failure: string | null;
  fence: number;
  created_by: string;
  created_at: number;
  updated_at: number;
  finished_at: number | null;
}

export const JOB_COLUMNS = [
  'seq',
  'id',
  'kind',
  'state',
  'task',
  'rate_per_second',
  'expected',
  'bound',
  'position',
  'scanned',
  'made',
  'waiting_for',
  'failure',
  'fence',
  'created_by',
  'created_at',
  'updated_at',
  'finished_at',
] as const satisfies readonly (keyof JobRow)[];

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    task: JSON.parse(row.task) as JobTask,
    ratePerSecond: row.rate_per_second,
    expected: row.expected,
    createdBy: row.created_by,
    createdAt: row.created_at,
    state: row.state as JobState,
    bound: row.bound,
    position: row.position,
    scanned: row.scanned,
    made: row.made,
    waitingFor: row.waiting_for as JobWait | null,
    failure: row.failure,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  };
}
