import type pg from 'pg';
import { NUMBERS_A_DAY } from '../row-numbers.ts';
import { NUMBERED_TABLES } from './table-sql.ts';

/** Where each sequence goes on from: the largest number in use. */
const SEQUENCES: readonly (readonly [sequence: string, largest: string])[] = [
  ["'events_running'", `SELECT max(seq % ${NUMBERS_A_DAY}) FROM events`],
  ["'deliveries_running'", `SELECT max(seq % ${NUMBERS_A_DAY}) FROM deliveries`],
  ["'ordering_places'", 'SELECT max(place) FROM deliveries'],
  // Counters keep the numbers of the processes that wrote them, and no new process may take one of these.
  ["pg_get_serial_sequence('processes', 'number')", 'SELECT max(writer) FROM rollups'],
  ...NUMBERED_TABLES.map(
    (table) =>
      [`pg_get_serial_sequence('${table}', 'seq')`, `SELECT max(seq) FROM ${table}`] as const,
  ),
];

/** Makes the database a store like any other: numbers go on behind those that came with it, and gateways may start. */
export async function finishMove(client: pg.Client): Promise<void> {
  await client.query('ANALYZE');
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL synchronous_commit = on');
    for (const [sequence, largest] of SEQUENCES) {
      await client.query(
        `SELECT setval(${sequence}, greatest(number, 1), number > 0) FROM (SELECT coalesce((${largest}), 0) AS number) AS used`,
      );
    }
    await client.query('DROP TABLE unfinished_move');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
