import type { Database } from 'better-sqlite3';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';

import type { Delivery } from '../../../domain/delivery.ts';
import type { EventRecord } from '../../../domain/event.ts';
import {
  deliveryConditions,
  eventColumns,
  eventConditions,
  listDeliveriesQuery,
  listEventsQuery,
} from '../../list-queries.ts';
import type { Condition, ListWindow } from '../../list-queries.ts';
import type { CompiledList } from '../../list-tables.ts';
import { toDelivery, toEvent } from '../../rows.ts';
import type { EventRow, JoinedDeliveryRow } from '../../rows.ts';
import { readScanPosition, writeScanPosition } from '../../scan-position.ts';
import { searchWords } from '../../search-text.ts';
import type {
  DeadLetterFilter,
  EventFilter,
  EventScan,
  ScannedEvent,
  ScannedPage,
  Store,
} from '../../store.ts';
import type { QueryRunner } from './query-runner.ts';

const COUNT = sql<number>`count(*)`.as('count');

interface Counting<F> {
  filter: F;
  most: number;
}

/** Prepares the ways through stored events and dead letters that jobs take: oldest first, in pieces. */
export function createScans(database: Database, { db, rows, iterate }: QueryRunner) {
  const originals = database
    .prepare<[number], string>(
      "SELECT subscription_id FROM deliveries WHERE event_seq = ? AND replay_id IS NULL AND subscription_id <> '' ORDER BY seq",
    )
    .pluck();

  function matchOf(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(' AND ');
  }

  /** The full-text index is read along its rows, so their order is the order. */
  function searchQuery(
    words: readonly string[],
    scan: EventScan,
    window: ListWindow,
    more: readonly Condition[],
  ): CompiledList {
    let query = db
      .selectFrom('event_search')
      .crossJoin('events')
      .select(eventColumns(scan.withData))
      .whereRef('events.seq', '=', 'event_search.rowid')
      .where(sql<SqlBool>`event_search MATCH ${matchOf(words)}`)
      .where(eventConditions(scan.filter));
    for (const condition of more) query = query.where(condition);
    const [beyond, order] = window.isAscending ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
    if (window.after) query = query.where('event_search.rowid', beyond, window.after.seq);
    return query.orderBy('event_search.rowid', order).limit(window.rows).compile();
  }

  function eventQuery(scan: EventScan): CompiledList {
    const window = {
      after: readScanPosition(scan.after),
      rows: scan.limit + 1,
      isAscending: !scan.isBackward,
    };
    const more =
      scan.bound === null ? [] : [sql<SqlBool>`${sql.ref('events.seq')} <= ${Number(scan.bound)}`];
    const words = searchWords(scan.filter.q ?? '');
    return words.length > 0
      ? searchQuery(words, scan, window, more)
      : listEventsQuery(db, scan.filter, window, scan.withData, more);
  }

  function readEvents(scan: EventScan): { found: EventRow[]; isEnd: boolean } {
    const found: EventRow[] = [];
    let sizeBytes = 0;
    for (const row of iterate<EventRow>(eventQuery(scan))) {
      if (found.length === scan.limit) return { found, isEnd: false };
      if (scan.withData) sizeBytes += row.size_bytes;
      if (found.length > 0 && sizeBytes > scan.maxBytes) return { found, isEnd: false };
      found.push(scan.withData ? row : { ...row, data: null });
    }
    return { found, isEnd: true };
  }

  function count(query: CompiledList): number {
    return rows<{ count: number }>(query)[0]?.count ?? 0;
  }

  return {
    scanEvents(scan: EventScan): ScannedPage<ScannedEvent> {
      const { found, isEnd } = readEvents(scan);
      return {
        items: found.map((row) => ({
          event: toEvent(row) satisfies EventRecord,
          originals: originals.all(row.seq),
        })),
        positions: found.map((row) => writeScanPosition({ at: row.received_at, seq: row.seq })),
        isEnd,
      };
    },
    scanDeadLetters(scan: Parameters<Store['scanDeadLetters']>[0]): ScannedPage<Delivery> {
      const window = {
        after: readScanPosition(scan.after),
        rows: scan.limit + 1,
        isAscending: true,
      };
      const filter = { ...scan.filter, state: ['dead'] as const };
      const ended = sql<SqlBool>`${sql.ref('deliveries.finished_at')} <= ${scan.endedBy}`;
      const found = rows<JoinedDeliveryRow>(listDeliveriesQuery(db, filter, window, [ended]));
      const shown = found.slice(0, scan.limit);
      return {
        items: shown.map(toDelivery),
        positions: shown.map((row) => writeScanPosition({ at: row.created_at, seq: row.seq })),
        isEnd: found.length === shown.length,
      };
    },
    countEvents({ filter, most }: Counting<EventFilter>): number {
      const words = searchWords(filter.q ?? '');
      let query = db
        .selectFrom('events')
        .select(sql<number>`1`.as('one'))
        .where(eventConditions(filter));
      if (words.length > 0) {
        query = query.where(
          sql<SqlBool>`events.seq IN (SELECT rowid FROM event_search WHERE event_search MATCH ${matchOf(words)})`,
        );
      }
      return count(db.selectFrom(query.limit(most).as('found')).select(COUNT).compile());
    },
    countDeadLetters({ filter, most }: Counting<DeadLetterFilter>): number {
      const query = db
        .selectFrom('deliveries')
        .select(sql<number>`1`.as('one'))
        .where(deliveryConditions({ ...filter, state: ['dead'] }));
      return count(db.selectFrom(query.limit(most).as('found')).select(COUNT).compile());
    },
  };
}
