import type { Database } from 'better-sqlite3';

import { createChangeReads } from './reads/changes.ts';
import { createFigureReads } from './reads/figures.ts';
import { createLists } from './reads/lists.ts';
import { createRecordReads } from './reads/records.ts';

function createReads(database: Database) {
  return {
    ...createRecordReads(database),
    ...createLists(database),
    ...createChangeReads(database),
    ...createFigureReads(database),
  };
}

/** Every question to the reader thread: a function of one input. */
export type Reads = ReturnType<typeof createReads>;
export type ReadKind = keyof Reads;

/** Makes the function that answers one question of the main thread. */
export function createReader(database: Database): (kind: ReadKind, input: unknown) => unknown {
  const reads = createReads(database);
  // The main thread sends to each kind the input of that kind.
  return (kind, input) => (reads[kind] as (input: unknown) => unknown)(input);
}
