import type { MovedTable } from '../../move/moved-tables.ts';
import { ATTEMPTS_A_DELIVERY } from '../writes/settle.ts';

/** How a table of this engine is read as rows that move. */
export interface SourceTable {
  from: string;
  /** The SQL of each column, where it is not the column itself. */
  columns?: Readonly<Record<string, string>>;
  /** What the rows are ordered by: unique, and an index. */
  key: readonly string[];
  where?: string;
}

const DAY_MS = 86_400_000;
const eventDay = `events.received_at / ${DAY_MS}`;
const delivery = `attempts.seq / ${ATTEMPTS_A_DELIVERY}`;
const positionAt = `CAST(substr(position, 1, instr(position, '.') - 1) AS INTEGER)`;

/** Row numbers stand alone here; the engine of the other side puts the day in front. */
export const SOURCE_TABLES: Readonly<Record<MovedTable, SourceTable>> = {
  resources: { from: 'resources', key: ['seq'] },
  audit: { from: 'audit', key: ['seq'] },
  events: { from: 'events', columns: { day: eventDay }, key: ['seq'] },
  deliveries: {
    from: 'deliveries LEFT JOIN events ON events.seq = deliveries.event_seq',
    columns: {
      day: `deliveries.created_at / ${DAY_MS}`,
      event_day: eventDay,
      // Places in a line are row numbers.
      place: 'iif(deliveries.ordering_key IS NULL, NULL, deliveries.seq)',
    },
    key: ['deliveries.seq'],
  },
  attempts: {
    from: `attempts LEFT JOIN deliveries ON deliveries.seq = ${delivery}`,
    columns: {
      day: `deliveries.created_at / ${DAY_MS}`,
      delivery_seq: delivery,
      place: `attempts.seq % ${ATTEMPTS_A_DELIVERY}`,
    },
    key: ['attempts.seq'],
  },
  jobs: {
    from: 'jobs',
    columns: {
      bound_day: `(SELECT ${eventDay} FROM events WHERE seq <= CAST(bound AS INTEGER) ORDER BY seq DESC LIMIT 1)`,
      bound_seq: 'CAST(bound AS INTEGER)',
      position_at: positionAt,
      position_day: `${positionAt} / ${DAY_MS}`,
      position_seq: `CAST(substr(position, instr(position, '.') + 1) AS INTEGER)`,
    },
    key: ['seq'],
  },
  alerts: { from: 'alerts', key: ['seq'] },
  rollups: {
    from: 'rollups',
    key: ['measure', 'at', 'source_id', 'type', 'target_id', 'writer'],
  },
  seen_types: { from: 'seen_types', key: ['type'] },
  refresh_tokens: {
    from: 'refresh_tokens',
    columns: { spent_at: 'iif(spent = 1, ifnull(spent_at, 0), NULL)' },
    key: ['hash'],
  },
  login_failures: { from: 'login_failures', key: ['seq'] },
  idempotency_keys: { from: 'idempotency_keys', key: ['scope'] },
  counters: { from: 'counters', key: ['name'], where: "name = 'resource_revision'" },
};

/**
 * What stays behind, and why. Columns are named with their table.
 * The change feed is of this engine's transactions: whoever follows it is told to begin anew.
 */
export const NOT_MOVED: Readonly<Record<string, string>> = {
  changes: 'readers of the live stream begin anew',
  processes: 'none runs while a store moves',
  event_search: 'made anew from the events',
  'deliveries.owner': 'no lease outlives its process',
  'jobs.owner': 'no lease outlives its process',
};
