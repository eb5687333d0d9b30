import { DELIVERY_STATES } from '../../../domain/delivery-states.ts';
import type { DeliveryState } from '../../../domain/delivery-states.ts';
import { stateCode } from '../../codes.ts';
import { JOB_COLUMNS, toJob } from '../../job-rows.ts';
import type { JobRow } from '../../job-rows.ts';
import type { Store } from '../../store.ts';
import type { Query } from '../pool.ts';

/** The reading of single jobs and of what became of their deliveries. */
export function createJobReads(
  query: Query,
): Pick<Store, 'getJob' | 'jobBacklog' | 'jobDeliveries'> {
  return {
    async getJob(id) {
      const [row] = await query<JobRow>(
        `SELECT ${JOB_COLUMNS.join(', ')} FROM jobs WHERE id = $1`,
        [id],
      );
      return row ? toJob(row) : null;
    },
    async jobBacklog(jobId, most) {
      const [row] = await query<{ count: number }>(
        `SELECT count(*) AS count FROM (
           SELECT 1 FROM deliveries WHERE replay_id = $1 AND state IN (${stateCode('pending')}, ${stateCode('delivering')}) LIMIT $2
         ) AS open`,
        [jobId, most],
      );
      return row?.count ?? 0;
    },
    async jobDeliveries(jobId) {
      const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0]));
      const rows = await query<{ code: number; count: number }>(
        'SELECT state AS code, count(*) AS count FROM deliveries WHERE replay_id = $1 GROUP BY state',
        [jobId],
      );
      for (const { code, count } of rows) {
        const state = DELIVERY_STATES[code];
        if (state) counts[state] = count;
      }
      return counts as Record<DeliveryState, number>;
    },
  };
}
