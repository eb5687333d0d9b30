import type { Database } from 'better-sqlite3';

import { createAlertReads } from './reads/alerts.ts';
import { createChangeReads } from './reads/changes.ts';
import { createFigureReads } from './reads/figures.ts';
import { createJobReads } from './reads/jobs.ts';
import type { createQueries } from './reads/queries.ts';
import { createProcessReads } from './reads/processes.ts';
import { createRecordReads } from './reads/records.ts';

function createPreparedReads(database: Database, host: string) {
  return {
    ...createProcessReads(database, host),
    ...createRecordReads(database),
    ...createChangeReads(database),
    ...createFigureReads(database),
    ...createJobReads(database),
    ...createAlertReads(database),
  };
}

type Queries = ReturnType<typeof createQueries>;

/** Every question to the reader thread: a function of one input. */
export type Reads = ReturnType<typeof createPreparedReads> & Queries;
export type ReadKind = keyof Reads;

/** Makes the function that answers one question of the main thread. */
export function createReader(
  database: Database,
  host: string,
): (kind: ReadKind, input: unknown) => Promise<unknown> {
  const prepared = createPreparedReads(database, host);
  let reads: Partial<Reads> = prepared;
  return async (kind, input) => {
    if (!(kind in reads)) {
      // The query builder takes a while to load, and a process that shows no lists never needs it.
      reads = { ...prepared, ...(await import('./reads/queries.ts')).createQueries(database) };
    }
    // The main thread sends to each kind the input of that kind.
    return (reads[kind] as (input: unknown) => unknown)(input);
  };
}
