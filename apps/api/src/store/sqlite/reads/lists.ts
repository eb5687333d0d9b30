import { sql } from 'kysely';

import type { ResourceKind } from '../../../domain/resources.ts';
import {
  eventColumns,
  eventConditions,
  listAlertsQuery,
  listAuditQuery,
  listDeliveriesQuery,
  listEventsQuery,
  listJobsQuery,
  listResourcesQuery,
} from '../../list-queries.ts';
import type { ListWindow } from '../../list-queries.ts';
import {
  alertList,
  auditList,
  deliveryList,
  eventList,
  fullEventList,
  jobList,
  resourceList,
} from '../../list-shapes.ts';
import type { CompiledList } from '../../list-tables.ts';
import { toPage, windowOf } from '../../paging.ts';
import type { ListShape } from '../../paging.ts';
import { searchWords } from '../../search-text.ts';
import type {
  AlertFilter,
  DeliveryFilter,
  EventFilter,
  Page,
  PageRequest,
  Store,
} from '../../store.ts';
import type { QueryRunner } from './query-runner.ts';

interface ListInput<F> {
  filter: F;
  page: PageRequest;
}

/** Prepares the lists: the queries are put together for each filter. */
export function createLists({ db, rows }: QueryRunner) {
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

  function eventRows(filter: EventFilter, withData: boolean) {
    const words = searchWords(filter.q ?? '');
    return (window: ListWindow): CompiledList =>
      words.length > 0
        ? searchQuery(words, filter, window, withData)
        : listEventsQuery(db, filter, window, withData);
  }

  function read<Row, Item, F>(
    list: ListShape<Row, Item>,
    { filter, page }: ListInput<F>,
    query: (window: ListWindow) => CompiledList,
  ): Page<Item> {
    return toPage(list, filter, page, rows<Row>(query(windowOf(list, filter, page))));
  }

  return {
    listEvents: (input: ListInput<EventFilter>) =>
      read(eventList, input, eventRows(input.filter, false)),
    listFullEvents: (input: ListInput<EventFilter>) =>
      read(fullEventList, input, eventRows(input.filter, true)),
    listDeliveries: (input: ListInput<DeliveryFilter>) =>
      read(deliveryList, input, (window) => listDeliveriesQuery(db, input.filter, window)),
    listResources: ({
      kind,
      ...input
    }: ListInput<{ parentId?: string }> & { kind: ResourceKind }) =>
      read(resourceList(kind), input, (window) =>
        listResourcesQuery(db, kind, input.filter, window),
      ),
    listAudit: (input: ListInput<Parameters<Store['listAudit']>[0]>) =>
      read(auditList, input, (window) => listAuditQuery(db, input.filter, window)),
    listAlerts: (input: ListInput<AlertFilter>) =>
      read(alertList, input, (window) => listAlertsQuery(db, input.filter, window)),
    listJobs: (input: ListInput<Parameters<Store['listJobs']>[0]>) =>
      read(jobList, input, (window) => listJobsQuery(db, input.filter, window)),
  };
}
