import type { MovedTable } from '../../move/moved-tables.ts';
import { NUMBERS_A_DAY } from '../row-numbers.ts';

/** How rows that move become rows of this engine, and are read back. */
export interface TargetTable {
  /** What is written: the column of this engine, and its SQL over the columns of `moved`, the rows that move. */
  written: Readonly<Record<string, string>>;
  /** What is read back: the column of the row that moves, and its SQL over the columns of this engine. */
  read?: Readonly<Record<string, string>>;
}

const number = (day: string, seq: string): string => `${day} * ${NUMBERS_A_DAY} + ${seq}`;
const dayIn = (column: string): string => `${column} / ${NUMBERS_A_DAY}`;
const seqIn = (column: string): string => `${column} % ${NUMBERS_A_DAY}`;

const POSITION_AT = `split_part(position, '.', 1)::bigint`;
const POSITION_NUMBER = `split_part(position, '.', 2)::bigint`;

/** Only what differs: a column that is not named is written, and read back, as it is. */
export const TARGET_TABLES: Readonly<Record<MovedTable, TargetTable>> = {
  resources: { written: {} },
  audit: { written: {} },
  events: {
    written: {
      seq: number('day', 'seq'),
      words: `array_to_tsvector(string_to_array(words, ' '))`,
    },
    read: { day: dayIn('seq'), seq: seqIn('seq') },
  },
  deliveries: {
    written: { seq: number('day', 'seq'), event_seq: number('event_day', 'event_seq') },
    read: {
      day: dayIn('seq'),
      seq: seqIn('seq'),
      event_day: dayIn('event_seq'),
      event_seq: seqIn('event_seq'),
    },
  },
  attempts: {
    written: { delivery_seq: number('day', 'delivery_seq') },
    read: { day: dayIn('delivery_seq'), delivery_seq: seqIn('delivery_seq') },
  },
  jobs: {
    written: {
      bound: `(coalesce(${number('bound_day', 'bound_seq')}, bound_seq))::text`,
      position: `position_at || '.' || (${number('position_day', 'position_seq')})`,
    },
    read: {
      bound_day: `nullif(${dayIn('bound::bigint')}, 0)`,
      bound_seq: seqIn('bound::bigint'),
      position_at: POSITION_AT,
      position_day: dayIn(POSITION_NUMBER),
      position_seq: seqIn(POSITION_NUMBER),
    },
  },
  alerts: { written: {} },
  rollups: { written: { histogram: 'histogram::integer[]' } },
  // Rows of a writer that never writes again; readers take the first and the last of all.
  seen_types: { written: { writer: '0' } },
  refresh_tokens: { written: {} },
  login_failures: { written: {} },
  idempotency_keys: { written: {} },
  counters: { written: {} },
};

/** Columns of rows that move which are only part of another column here. */
const PARTS = new Set([
  ...['day', 'event_day', 'bound_day', 'bound_seq'],
  ...['position_at', 'position_day', 'position_seq'],
]);

/** Whether a column of a row that moves is one of this engine too. */
export function isOwnColumn(column: string): boolean {
  return !PARTS.has(column);
}

/* The types of columns of the rows that move, where they are not text. */
const NUMBERS = new Set([
  ...['seq', 'version', 'created_at', 'updated_at', 'at', 'day', 'data_kind', 'status'],
  ...['received_at', 'size_bytes', 'event_day', 'event_seq', 'turn', 'place', 'state'],
  ...['attempt_count', 'schedule_start', 'due_at', 'fence', 'last_status_code', 'code_class'],
  ...['finished_at', 'delivery_seq', 'number', 'started_at', 'status_code', 'expected'],
  ...['bound_day', 'bound_seq', 'position_at', 'position_day', 'position_seq', 'scanned', 'made'],
  ...['writer', 'count', 'first_seen_at', 'last_seen_at', 'expires_at', 'spent_at', 'value'],
  ...['occurrences', 'raised_at', 'last_seen_at', 'resolved_at', 'acknowledged_at'],
]);
const FRACTIONS = new Set(['duration_ms', 'rate_per_second', 'threshold', 'alerts.value']);
const BYTES = new Set(['data', 'request_body', 'response_body']);

/** Text, although columns of this name are something else in other tables. */
const TEXTS = new Set(['jobs.state']);

/** The SQL type of a column of the rows that move, for a list of its values. */
export function typeOf(table: MovedTable, column: string): string {
  if (TEXTS.has(`${table}.${column}`)) return 'text';
  if (BYTES.has(column)) return 'bytea';
  if (FRACTIONS.has(column) || FRACTIONS.has(`${table}.${column}`)) return 'double precision';
  return NUMBERS.has(column) ? 'bigint' : 'text';
}
