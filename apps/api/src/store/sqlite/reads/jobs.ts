import type { Database } from 'better-sqlite3';

import { DELIVERY_STATES } from '../../../domain/delivery-states.ts';
import type { DeliveryState } from '../../../domain/delivery-states.ts';
import { stateCode } from '../../codes.ts';
import { JOB_COLUMNS, toJob } from '../../job-rows.ts';
import type { JobRow } from '../../job-rows.ts';
import type { Job } from '../../store.ts';

/** Prepares the reading of single jobs and of what became of their deliveries. */
export function createJobReads(database: Database) {
  const job = database.prepare<[string], JobRow>(
    `SELECT ${JOB_COLUMNS.join(', ')} FROM jobs WHERE id = ?`,
  );
  const free = database.prepare(
    "SELECT 1 FROM jobs WHERE state = 'running' AND owner IS NULL LIMIT 1",
  );
  const backlog = database
    .prepare<[string, number, number, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE replay_id = ? AND state IN (?, ?) LIMIT ?)',
    )
    .pluck();
  const byState = database.prepare<[string], { code: number; count: number }>(
    'SELECT state AS code, count(*) AS count FROM deliveries WHERE replay_id = ? GROUP BY state',
  );

  return {
    getJob(id: string): Job | null {
      const row = job.get(id);
      return row ? toJob(row) : null;
    },
    /** Whether some running job has no process. */
    hasFreeJob: (): boolean => free.get() !== undefined,
    jobBacklog: ({ jobId, most }: { jobId: string; most: number }): number =>
      backlog.get(jobId, stateCode('pending'), stateCode('delivering'), most) ?? 0,
    jobDeliveries(jobId: string): Record<DeliveryState, number> {
      const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0]));
      for (const { code, count } of byState.all(jobId)) {
        const state = DELIVERY_STATES[code];
        if (state) counts[state] = count;
      }
      return counts as Record<DeliveryState, number>;
    },
  };
}
