import { sql } from 'kysely';
import type { Kysely, SqlBool } from 'kysely';

import {
  deliveryConditions,
  eventConditions,
  listDeliveriesQuery,
  listEventsQuery,
} from '../../list-queries.ts';
import type { ListTables } from '../../list-tables.ts';
import { toDelivery, toEvent } from '../../rows.ts';
import type { EventRow, EventSummaryRow, JoinedDeliveryRow } from '../../rows.ts';
import { readScanPosition, writeScanPosition } from '../../scan-position.ts';
import { searchWords } from '../../search-text.ts';
import type { EventScan, Store } from '../../store.ts';
import type { Database } from '../pool.ts';
import { WAITS_FOR } from './delivery-columns.ts';
import { createSearch, queryOf } from './search.ts';
import { rangeConditions } from './time-range.ts';
import { walkDays } from './walk-days.ts';

type Scans = Pick<Store, 'scanEvents' | 'scanDeadLetters' | 'countEvents' | 'countDeadLetters'>;

const COUNT = sql<number>`count(*)`.as('count');

/** The ways through stored events and dead letters that jobs take: oldest first, in pieces. */
export function createScans(deps: {
  database: Pick<Database, 'query' | 'queryOnce'>;
  db: Kysely<ListTables>;
  now: () => number;
}): Scans {
  const { database, db, now } = deps;
  const search = createSearch(deps);

  /** Rows without payloads: which of these fit is decided by their sizes before any is read. */
  async function eventRows(scan: EventScan): Promise<EventSummaryRow[]> {
    const { filter, bound, limit } = scan;
    const after = readScanPosition(scan.after);
    const window = { after, rows: limit + 1, isAscending: !scan.isBackward };
    const more = bound === null ? [] : [sql<SqlBool>`${sql.ref('events.seq')} <= ${Number(bound)}`];
    if (searchWords(filter.q ?? '').length > 0) {
      return search<EventSummaryRow>(filter, window, false, more);
    }
    const times = { from: filter.receivedAfter, to: filter.receivedBefore };
    return walkDays(window, times, now(), (range, rows) => {
      const conditions = [...more, ...rangeConditions('events', range)];
      const query = listEventsQuery(db, filter, { ...window, rows }, false, conditions);
      return database.queryOnce<EventSummaryRow>(query.sql, query.parameters);
    });
  }

  async function payloadsOf(rows: readonly EventSummaryRow[]): Promise<Map<number, Buffer | null>> {
    const found = await database.query<{ seq: number; data: Buffer | null }>(
      'SELECT seq, data FROM events WHERE seq = ANY ($1::bigint[])',
      [numbersOf(rows)],
    );
    return new Map(found.map(({ seq, data }) => [seq, data]));
  }

  async function originalsOf(rows: readonly EventSummaryRow[]): Promise<Map<number, string[]>> {
    const found = await database.query<{ event_seq: number; subscription_id: string }>(
      `SELECT event_seq, subscription_id FROM deliveries
       WHERE event_seq = ANY ($1::bigint[]) AND replay_id IS NULL AND subscription_id <> '' ORDER BY seq`,
      [numbersOf(rows)],
    );
    const originals = new Map<number, string[]>(rows.map((row) => [row.seq, []]));
    for (const row of found) originals.get(row.event_seq)?.push(row.subscription_id);
    return originals;
  }

  return {
    async scanEvents(scan) {
      const found = await eventRows(scan);
      const shown = fitting(found.slice(0, scan.limit), scan);
      if (shown.length === 0) return { items: [], positions: [], isEnd: true };
      const [originals, payloads] = await Promise.all([
        originalsOf(shown),
        scan.withData ? payloadsOf(shown) : null,
      ]);
      return {
        items: shown.map((row) => ({
          event: toEvent({ ...row, data: payloads?.get(row.seq) ?? null } satisfies EventRow),
          originals: originals.get(row.seq) ?? [],
        })),
        positions: shown.map((row) => writeScanPosition({ at: row.received_at, seq: row.seq })),
        isEnd: shown.length === found.length,
      };
    },
    async scanDeadLetters({ filter, endedBy, after, limit }) {
      const window = { after: readScanPosition(after), rows: limit + 1, isAscending: true };
      const dead = { ...filter, state: ['dead'] as const };
      const ended = sql<SqlBool>`${sql.ref('deliveries.finished_at')} <= ${endedBy}`;
      const times = { from: filter.createdAfter, to: filter.createdBefore };
      const found = await walkDays(window, times, now(), (range, rows) => {
        const more = [ended, ...rangeConditions('deliveries', range)];
        const query = listDeliveriesQuery(db, dead, { ...window, rows }, more, WAITS_FOR);
        return database.queryOnce<JoinedDeliveryRow>(query.sql, query.parameters);
      });
      const shown = found.slice(0, limit);
      return {
        items: shown.map(toDelivery),
        positions: shown.map((row) => writeScanPosition({ at: row.created_at, seq: row.seq })),
        isEnd: found.length === shown.length,
      };
    },
    async countEvents(filter, most) {
      let query = db
        .selectFrom('events')
        .select(sql<number>`1`.as('one'))
        .where(eventConditions(filter));
      if (searchWords(filter.q ?? '').length > 0) {
        query = query.where(sql<SqlBool>`events.words @@ ${queryOf(filter.q ?? '')}::tsquery`);
      }
      const counting = db.selectFrom(query.limit(most).as('found')).select(COUNT).compile();
      const [row] = await database.queryOnce<{ count: number }>(counting.sql, counting.parameters);
      return row?.count ?? 0;
    },
    async countDeadLetters(filter, most) {
      const query = db
        .selectFrom('deliveries')
        .select(sql<number>`1`.as('one'))
        .where(deliveryConditions({ ...filter, state: ['dead'] }));
      const counting = db.selectFrom(query.limit(most).as('found')).select(COUNT).compile();
      const [row] = await database.queryOnce<{ count: number }>(counting.sql, counting.parameters);
      return row?.count ?? 0;
    },
  };
}

/** As many as the bound on bytes lets through, one at least. */
function fitting(
  rows: readonly EventSummaryRow[],
  { withData, maxBytes }: EventScan,
): readonly EventSummaryRow[] {
  if (!withData) return rows;
  let sizeBytes = 0;
  const end = rows.findIndex((row, index) => {
    sizeBytes += row.size_bytes;
    return index > 0 && sizeBytes > maxBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function numbersOf(rows: readonly EventSummaryRow[]): string {
  return `{${rows.map((row) => row.seq).join()}}`;
}
