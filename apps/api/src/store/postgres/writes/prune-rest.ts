import type { Query } from '../pool.ts';

const DAY_MS = 86_400_000;
/** Rows of each side table removed a call, so that nothing waits long. */
const ROWS_A_CALL = 1000;

const STATEMENTS: readonly [sql: string, before: 'before' | 'now' | 'yesterday'][] = [
  [
    `DELETE FROM rollups WHERE (measure, at, source_id, type, target_id, writer) IN (
       SELECT measure, at, source_id, type, target_id, writer FROM rollups WHERE at > 0 AND at < $1 LIMIT ${ROWS_A_CALL})`,
    'before',
  ],
  [
    `DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at < $1 LIMIT ${ROWS_A_CALL})`,
    'now',
  ],
  [
    `DELETE FROM idempotency_keys WHERE scope IN (SELECT scope FROM idempotency_keys WHERE expires_at < $1 LIMIT ${ROWS_A_CALL})`,
    'now',
  ],
  [
    `DELETE FROM login_failures WHERE seq IN (SELECT seq FROM login_failures WHERE at < $1 LIMIT ${ROWS_A_CALL})`,
    'yesterday',
  ],
  [
    `DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE created_at < $1 AND finished_at < $1 LIMIT ${ROWS_A_CALL})`,
    'before',
  ],
  [
    `DELETE FROM alerts WHERE seq IN (SELECT seq FROM alerts WHERE raised_at < $1 AND resolved_at < $1 LIMIT ${ROWS_A_CALL})`,
    'before',
  ],
  [
    `DELETE FROM changes WHERE seq IN (
       SELECT seq FROM changes WHERE at < $1 AND seq < (SELECT max(seq) FROM changes) ORDER BY seq LIMIT ${ROWS_A_CALL})`,
    'before',
  ],
];

/** Removes what is outdated beside events: keys, sessions, rollups, changes, and jobs and alerts that have ended. */
export async function pruneRest(query: Query, before: number, now: number): Promise<void> {
  const times = { before, now, yesterday: now - DAY_MS };
  for (const [sql, time] of STATEMENTS) await query(sql, [times[time]]);
}
