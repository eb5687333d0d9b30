import type { Database } from 'better-sqlite3';

import { createLists } from './lists.ts';
import { createQueryRunner } from './query-runner.ts';
import { createScans } from './scans.ts';

/** Everything that is put together by the query builder. */
export function createQueries(database: Database) {
  const runner = createQueryRunner(database);
  return { ...createLists(runner), ...createScans(database, runner) };
}
