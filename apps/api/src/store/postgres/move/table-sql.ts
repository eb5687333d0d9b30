import { MOVED_TABLES, type MovedTable } from '../../move/moved-tables.ts';
import { NUMBERS_A_DAY } from '../row-numbers.ts';
import { isOwnColumn, TARGET_TABLES, typeOf } from './target-tables.ts';

/** Tables whose numbers the database gives by itself, unless told. */
export const NUMBERED_TABLES: readonly MovedTable[] = [
  'resources',
  'audit',
  'jobs',
  'alerts',
  'login_failures',
];

/** The columns of the lists that `insertSql` takes: those of the rows that move, and what is made of them. */
function listColumns(table: MovedTable): readonly string[] {
  return table === 'events' ? [...MOVED_TABLES.events, 'words'] : MOVED_TABLES[table];
}

/** Writes any number of rows, given as one list for each column. */
export function insertSql(table: MovedTable): string {
  const columns = listColumns(table);
  const { written } = TARGET_TABLES[table];
  const targets = [...new Set([...columns.filter(isOwnColumn), ...Object.keys(written)])];
  const lists = columns.map((column, index) => `$${index + 1}::${typeOf(table, column)}[]`);
  const overriding = NUMBERED_TABLES.includes(table) ? 'OVERRIDING SYSTEM VALUE ' : '';
  const conflict =
    table === 'counters' ? ' ON CONFLICT (name) DO UPDATE SET value = excluded.value' : '';
  return `INSERT INTO ${table} (${targets.map(quote).join(', ')}) ${overriding}
SELECT ${targets.map((column) => written[column] ?? quote(column)).join(', ')}
FROM unnest(${lists.join(', ')}) AS moved (${columns.map(quote).join(', ')})${conflict}`;
}

/** Writes what makes events unique over all days, which the embedded engine has no table for. */
export const INSERT_EVENT_KEYS = `INSERT INTO event_keys (hash, event_seq)
SELECT hash, day * ${NUMBERS_A_DAY} + seq FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS moved (hash, day, seq)`;

/** Reads rows of this engine as rows that move. */
export function readSql(table: MovedTable): string {
  const { read = {} } = TARGET_TABLES[table];
  const columns = MOVED_TABLES[table].map((column) => read[column] ?? quote(column));
  return `SELECT ${columns.join(', ')} FROM ${table}`;
}

// Some of our columns are words of SQL.
function quote(column: string): string {
  return `"${column}"`;
}
