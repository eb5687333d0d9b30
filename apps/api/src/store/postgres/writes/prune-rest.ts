import { ALL_MEASURES } from '../../measures.ts';
import { KEPT_CHANGES } from '../../kept-changes.ts';
import { attemptEach } from '../attempt-each.ts';
import type { Query } from '../pool.ts';

const DAY_MS = 86_400_000;
/** Rows of each side table removed in one statement, so that nothing waits long. */
const ROWS_A_TURN = 1000;

interface Times {
  before: number;
  now: number;
}

interface Removal {
  sql: string;
  values: (times: Times) => readonly unknown[];
}

/** By measure, with which the key begins. */
const ROLLUPS = `
DELETE FROM rollups WHERE (measure, at, source_id, type, target_id, writer) IN (
  SELECT measure, at, source_id, type, target_id, writer FROM rollups
  WHERE measure = ANY ($2::text[]) AND at > 0 AND at < $1 LIMIT ${ROWS_A_TURN}
) RETURNING 1 AS one`;
/** The oldest rows, as far as they are outdated: they lie in the order of time. The last one marks where the feed is. */
const CHANGES = `
DELETE FROM changes WHERE at < $1 AND seq IN (
  SELECT seq FROM changes WHERE seq < (SELECT max(seq) FROM changes) ORDER BY seq LIMIT ${ROWS_A_TURN}
) RETURNING 1 AS one`;
/** Numbers have gaps, so the first row that is kept is found by counting from the end. */
const FIRST_KEPT_CHANGE = `SELECT seq FROM changes ORDER BY seq DESC OFFSET ${KEPT_CHANGES - 1} LIMIT 1`;
const CHANGES_BEYOND = `
DELETE FROM changes WHERE seq IN (
  SELECT seq FROM changes WHERE seq < $1 ORDER BY seq LIMIT ${ROWS_A_TURN}
) RETURNING 1 AS one`;

const REMOVALS: readonly Removal[] = [
  { sql: ROLLUPS, values: ({ before }) => [before, ALL_MEASURES] },
  { sql: removal('refresh_tokens', 'hash', 'expires_at < $1'), values: ({ now }) => [now] },
  { sql: removal('idempotency_keys', 'scope', 'expires_at < $1'), values: ({ now }) => [now] },
  { sql: removal('login_failures', 'seq', 'at < $1'), values: ({ now }) => [now - DAY_MS] },
  {
    sql: removal('jobs', 'seq', 'created_at < $1 AND finished_at < $1'),
    values: ({ before }) => [before],
  },
  {
    sql: removal('alerts', 'seq', 'raised_at < $1 AND resolved_at < $1'),
    values: ({ before }) => [before],
  },
  { sql: CHANGES, values: ({ before }) => [before] },
];

function removal(table: string, key: string, isOutdated: string): string {
  return `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${isOutdated} LIMIT ${ROWS_A_TURN}) RETURNING 1 AS one`;
}

/**
 * Removes what is outdated beside events: keys, sessions, rollups, changes, and jobs and alerts that have ended. What fails keeps none of
 * the others from going.
 * @param isStopped looked at between two statements
 */
export async function pruneRest(
  query: Query,
  times: Times,
  isStopped: () => boolean,
): Promise<void> {
  const removeAll = async (sql: string, values: readonly unknown[]): Promise<void> => {
    while (!isStopped() && (await query(sql, values)).length === ROWS_A_TURN);
  };
  await attemptEach([
    ...REMOVALS.map(
      ({ sql, values }) =>
        () =>
          removeAll(sql, values(times)),
    ),
    async () => {
      const [first] = await query<{ seq: number }>(FIRST_KEPT_CHANGE);
      if (first) await removeAll(CHANGES_BEYOND, [first.seq]);
    },
  ]);
}
