import type { Database } from 'better-sqlite3';

import { createChangeReads } from './reads/changes.ts';
import { createFigureReads } from './reads/figures.ts';
import type { createLists } from './reads/lists.ts';
import { createRecordReads } from './reads/records.ts';

function createPreparedReads(database: Database) {
  return {
    ...createRecordReads(database),
    ...createChangeReads(database),
    ...createFigureReads(database),
  };
}

type Lists = ReturnType<typeof createLists>;

/** Every question to the reader thread: a function of one input. */
export type Reads = ReturnType<typeof createPreparedReads> & Lists;
export type ReadKind = keyof Reads;

/** Makes the function that answers one question of the main thread. */
export function createReader(
  database: Database,
): (kind: ReadKind, input: unknown) => Promise<unknown> {
  const prepared = createPreparedReads(database);
  let reads: Partial<Reads> = prepared;
  return async (kind, input) => {
    if (!(kind in reads)) {
      // The query builder takes a while to load, and a process that shows no lists never needs it.
      reads = { ...prepared, ...(await import('./reads/lists.ts')).createLists(database) };
    }
    // The main thread sends to each kind the input of that kind.
    return (reads[kind] as (input: unknown) => unknown)(input);
  };
}
