import { GatewayError } from '../../../domain/errors.ts';
import { JOB_ACTIONS, isJobActionAllowed } from '../../../domain/job.ts';
import type { JobAction, JobState } from '../../../domain/job.ts';
import { JOB_COLUMNS, toJob } from '../../job-rows.ts';
import type { JobRow } from '../../job-rows.ts';
import type { AuditEntry, ClaimedJob, Job, NewJob } from '../../store.ts';
import type { Query } from '../pool.ts';
import type { Work } from '../write-session.ts';
import { writeAudit } from './audit.ts';

const COLUMNS = JOB_COLUMNS.join(', ');

const INSERT = `
INSERT INTO jobs (id, kind, state, task, rate_per_second, expected, bound, created_by, created_at, updated_at)
VALUES ($1, $2, 'running', $3, $4, $5, CASE WHEN $2 = 'replay' THEN (SELECT coalesce(max(seq), 0)::text FROM events) END, $6, $7, $7)
ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`;

/** @throws GatewayError `conflict` when the id is in use */
export async function insertJob(
  { query, post }: Work,
  job: NewJob,
  audit: AuditEntry,
): Promise<Job> {
  const { id, task, ratePerSecond, expected, createdBy, createdAt } = job;
  const [row] = await query<JobRow>(INSERT, [
    id,
    task.kind,
    JSON.stringify(task),
    ratePerSecond,
    expected,
    createdBy,
    createdAt,
  ]);
  if (!row) throw new GatewayError('conflict', `The id ${id} is in use already.`);
  writeAudit(post, audit);
  return toJob(row);
}

const CHANGE = `
UPDATE jobs SET state = $2, updated_at = $3, finished_at = CASE WHEN $2 = 'cancelled' THEN coalesce(finished_at, $3) END, waiting_for = NULL, owner = NULL
WHERE id = $1 RETURNING ${COLUMNS}`;

/** A person's pause, resume or cancel. @throws GatewayError `not_found`, `conflict` */
export async function changeJobState(
  { query, post }: Work,
  id: string,
  action: JobAction,
  at: number,
  audit: AuditEntry,
): Promise<Job> {
  const [row] = await query<{ state: string }>('SELECT state FROM jobs WHERE id = $1 FOR UPDATE', [
    id,
  ]);
  if (!row) throw new GatewayError('not_found', `There is no replay ${id}.`);
  if (!isJobActionAllowed(action, row.state as JobState)) {
    throw new GatewayError('conflict', `A replay that is ${row.state} allows no ${action}.`);
  }
  const [changed] = await query<JobRow>(CHANGE, [id, JOB_ACTIONS[action].to, at]);
  if (!changed) throw new Error('A locked job was not changed.');
  writeAudit(post, audit);
  return toJob(changed);
}

const LEASE = `
UPDATE jobs SET owner = $1, fence = fence + 1
WHERE seq IN (
  SELECT seq FROM jobs WHERE state = 'running' AND owner IS NULL ORDER BY created_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING ${COLUMNS}`;

/** Leases jobs that nobody works on, oldest first. */
export async function claimJobs(
  { query }: Work,
  limit: number,
  owner: number,
): Promise<ClaimedJob[]> {
  const rows = await query<JobRow>(LEASE, [owner, limit]);
  return rows
    .sort((a, b) => a.created_at - b.created_at || a.seq - b.seq)
    .map((row) => ({ job: toJob(row), fence: row.fence }));
}

/** Gives a lease back; a stale one is passed over. */
export async function releaseJob(
  { query }: Work,
  jobId: string,
  fence: number,
  owner: number,
): Promise<void> {
  await query('UPDATE jobs SET owner = NULL WHERE id = $1 AND fence = $2 AND owner = $3', [
    jobId,
    fence,
    owner,
  ]);
}

/** A job that is leased to a process. */
export interface JobLease {
  jobId: string;
  fence: number;
}

/** All jobs that are leased to an owner, as the database has them. */
export function jobLeasesOf(query: Query, owner: number): Promise<JobLease[]> {
  return query<JobLease>(
    `SELECT id AS "jobId", fence FROM jobs WHERE state = 'running' AND owner = $1`,
    [owner],
  );
}
