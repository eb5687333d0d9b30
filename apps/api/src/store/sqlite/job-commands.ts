import type { JobAction } from '../../domain/job.ts';
import type { AuditEntry, ClaimedJob, Job, JobStep, JobStepResult, NewJob } from '../store.ts';

/** The write commands of durable jobs, each with its input and its output. */
export interface JobCommands {
  insertJob: { input: { job: NewJob; audit: AuditEntry }; output: Job };
  changeJobState: {
    input: { id: string; action: JobAction; at: number; audit: AuditEntry };
    output: Job;
  };
  claimJobs: { input: number; output: ClaimedJob[] };
  releaseJob: { input: { jobId: string; fence: number }; output: null };
  advanceJob: { input: JobStep; output: JobStepResult };
}
