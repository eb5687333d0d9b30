import type { Database } from 'better-sqlite3';

import { GatewayError } from '../../../domain/errors.ts';
import { JOB_ACTIONS, isJobActionAllowed } from '../../../domain/job.ts';
import type { JobState } from '../../../domain/job.ts';
import { JOB_COLUMNS, toJob } from '../../job-rows.ts';
import type { JobRow } from '../../job-rows.ts';
import type { ClaimedJob, Job } from '../../store.ts';
import type { JobCommands } from '../job-commands.ts';
import { createAudit } from './audit.ts';

const COLUMNS = JOB_COLUMNS.join(', ');

/** Prepares the statements that start jobs, change their state and lease them. */
export function createJobWrites(database: Database, processNumber: number) {
  const idHolder = database.prepare('SELECT 1 FROM jobs WHERE id = ?').pluck();
  const newestEvent = database
    .prepare<[], number>('SELECT ifnull(max(seq), 0) FROM events')
    .pluck();
  const insert = database.prepare<unknown[], JobRow>(
    `INSERT INTO jobs (id, kind, state, task, rate_per_second, expected, bound, created_by, created_at, updated_at)
     VALUES (?,?,'running',?,?,?,?,?,?,?) RETURNING ${COLUMNS}`,
  );
  const find = database.prepare<[string], JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`);
  const change = database.prepare<unknown[], JobRow>(
    `UPDATE jobs SET state = ?, updated_at = ?, finished_at = iif(? = 'cancelled', ifnull(finished_at, ?), NULL), waiting_for = NULL, owner = NULL
     WHERE seq = ? RETURNING ${COLUMNS}`,
  );
  const lease = database.prepare<[number, number], JobRow>(
    `UPDATE jobs SET owner = ?, fence = fence + 1
     WHERE seq IN (SELECT seq FROM jobs WHERE state = 'running' AND owner IS NULL ORDER BY created_at, seq LIMIT ?)
     RETURNING ${COLUMNS}`,
  );
  const giveBack = database.prepare(
    'UPDATE jobs SET owner = NULL WHERE id = ? AND fence = ? AND owner = ?',
  );
  const writeAudit = createAudit(database);

  return {
    insertJob({ job, audit }: JobCommands['insertJob']['input']): Job {
      const { id, task, ratePerSecond, expected, createdBy, createdAt } = job;
      if (idHolder.get(id) !== undefined) {
        throw new GatewayError('conflict', `The id ${id} is in use already.`);
      }
      const bound = task.kind === 'replay' ? String(newestEvent.get() ?? 0) : null;
      const row = insert.get(
        id,
        task.kind,
        JSON.stringify(task),
        ratePerSecond,
        expected,
        bound,
        createdBy,
        createdAt,
        createdAt,
      );
      if (!row) throw new Error('A job was not written.');
      writeAudit(audit);
      return toJob(row);
    },
    changeJobState({ id, action, at, audit }: JobCommands['changeJobState']['input']): Job {
      const row = find.get(id);
      if (!row) throw new GatewayError('not_found', `There is no replay ${id}.`);
      if (!isJobActionAllowed(action, row.state as JobState)) {
        throw new GatewayError('conflict', `A replay that is ${row.state} allows no ${action}.`);
      }
      const { to } = JOB_ACTIONS[action];
      const changed = change.get(to, at, to, at, row.seq);
      if (!changed) throw new Error('A job was not changed.');
      writeAudit(audit);
      return toJob(changed);
    },
    claimJobs(limit: number): ClaimedJob[] {
      return lease
        .all(processNumber, limit)
        .sort((a, b) => a.created_at - b.created_at || a.seq - b.seq)
        .map((row) => ({ job: toJob(row), fence: row.fence }));
    },
    releaseJob({ jobId, fence }: JobCommands['releaseJob']['input']): null {
      giveBack.run(jobId, fence, processNumber);
      return null;
    },
  };
}
