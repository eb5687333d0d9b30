import type { Database, Statement } from 'better-sqlite3';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';

import type { EventRecord, EventSummary } from '../../../domain/event.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import type { ResourceKind } from '../../../domain/resources.ts';
import type { PagePosition } from '../../cursor.ts';
import {
  eventColumns,
  eventConditions,
  listAuditQuery,
  listDeliveriesQuery,
  listEventsQuery,
  listResourcesQuery,
} from '../../list-queries.ts';
import type { ListWindow } from '../../list-queries.ts';
import type { CompiledList, ListTables } from '../../list-tables.ts';
import { readPage } from '../../paging.ts';
import { toAuditEntry, toDelivery, toEvent, toEventSummary, toResource } from '../../rows.ts';
import type {
  AuditRow,
  EventRow,
  EventSummaryRow,
  JoinedDeliveryRow,
  ResourceRow,
} from '../../rows.ts';
import { searchWords } from '../../search-text.ts';
import type { AuditEntry, DeliveryFilter, EventFilter, Page, PageRequest } from '../../store.ts';

const KEPT_STATEMENTS = 64;

interface ListInput<F> {
  filter: F;
  page: PageRequest;
}

/** Prepares the lists: the queries are put together for each filter, the statements are kept. */
export function createLists(database: Database) {
  const db = new Kysely<ListTables & { event_search: { rowid: number } }>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const statements = new Map<string, Statement>();

  function rows<Row>(query: CompiledList): Row[] {
    let statement = statements.get(query.sql);
    if (!statement) {
      statement = database.prepare(query.sql);
      if (statements.size >= KEPT_STATEMENTS) statements.clear();
      statements.set(query.sql, statement);
    }
    return statement.all(...query.parameters) as Row[];
  }

  /** A search reads the full-text index backwards, so its order is that of acceptance. */
  function searchQuery(
    words: readonly string[],
    filter: EventFilter,
    window: ListWindow,
    withData: boolean,
  ) {
    const match = words.map((word) => `"${word}"`).join(' AND ');
    let query = db
      .selectFrom('event_search')
      .crossJoin('events')
      .select(eventColumns(withData))
      .whereRef('events.seq', '=', 'event_search.rowid')
      .where(sql<boolean>`event_search MATCH ${match}`)
      .where(eventConditions(filter));
    if (window.after) query = query.where('event_search.rowid', '<', window.after.seq);
    return query.orderBy('event_search.rowid', 'desc').limit(window.rows).compile();
  }

  function eventRows({ filter }: ListInput<EventFilter>, withData: boolean) {
    const words = searchWords(filter.q ?? '');
    return <Row>(window: ListWindow): Row[] =>
      rows<Row>(
        words.length > 0
          ? searchQuery(words, filter, window, withData)
          : listEventsQuery(db, filter, window, withData),
      );
  }

  return {
    listEvents: (input: ListInput<EventFilter>): Page<EventSummary> =>
      readPage<EventSummaryRow, EventSummary>(
        'events',
        input.filter,
        input.page,
        eventRows(input, false),
        eventPosition,
        toEventSummary,
      ),
    listFullEvents: (input: ListInput<EventFilter>): Page<EventRecord> =>
      readPage<EventRow, EventRecord>(
        'full-events',
        input.filter,
        input.page,
        eventRows(input, true),
        eventPosition,
        toEvent,
      ),
    listDeliveries: ({ filter, page }: ListInput<DeliveryFilter>): Page<Delivery> =>
      readPage<JoinedDeliveryRow, Delivery>(
        'deliveries',
        filter,
        page,
        (window) => rows(listDeliveriesQuery(db, filter, window)),
        (row) => ({ at: row.created_at, seq: row.seq }),
        toDelivery,
      ),
    listResources: ({
      kind,
      filter,
      page,
    }: ListInput<{ parentId?: string }> & { kind: ResourceKind }) =>
      readPage<ResourceRow, ReturnType<typeof toResource>>(
        `resources/${kind}`,
        filter,
        page,
        (window) => rows(listResourcesQuery(db, kind, filter, window)),
        (row) => ({ at: row.created_at, seq: row.seq }),
        toResource,
      ),
    listAudit: ({
      filter,
      page,
    }: ListInput<{ actor?: string; subjectId?: string; action?: string }>): Page<AuditEntry> =>
      readPage<AuditRow, AuditEntry>(
        'audit',
        filter,
        page,
        (window) => rows(listAuditQuery(db, filter, window)),
        (row) => ({ at: row.at, seq: row.seq }),
        toAuditEntry,
      ),
  };
}

function eventPosition(row: EventSummaryRow): PagePosition {
  return { at: row.received_at, seq: row.seq };
}
