import type { Kysely } from 'kysely';

import type { Resource } from '../../../domain/resources.ts';
import {
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
import type { CompiledList, ListTables } from '../../list-tables.ts';
import { toPage, windowOf } from '../../paging.ts';
import type { ListShape } from '../../paging.ts';
import { searchWords } from '../../search-text.ts';
import type { EventFilter, Page, PageRequest, Store } from '../../store.ts';
import type { Database } from '../pool.ts';
import { WAITS_FOR } from './delivery-columns.ts';
import { createSearch } from './search.ts';
import { rangeConditions } from './time-range.ts';
import { walkDays } from './walk-days.ts';

type Lists = Pick<
  Store,
  | 'listEvents'
  | 'listFullEvents'
  | 'listDeliveries'
  | 'listResources'
  | 'listAudit'
  | 'listJobs'
  | 'listAlerts'
>;

interface Reading<Row, F> {
  filter: F;
  page: PageRequest;
  read: (window: ListWindow) => Promise<Row[]>;
}

/** The lists, newest first. */
export function createLists(deps: {
  database: Pick<Database, 'queryOnce'>;
  db: Kysely<ListTables>;
  now: () => number;
}): Lists {
  const { database, db, now } = deps;
  const search = createSearch(deps);

  function rows<Row extends object>({ sql, parameters }: CompiledList): Promise<Row[]> {
    return database.queryOnce<Row>(sql, parameters);
  }

  async function readPage<Row, Item, F>(
    list: ListShape<Row, Item>,
    { filter, page, read }: Reading<Row, F>,
  ): Promise<Page<Item>> {
    return toPage(list, filter, page, await read(windowOf(list, filter, page)));
  }

  function eventRows<Row extends object>(
    filter: EventFilter,
    window: ListWindow,
    withData: boolean,
  ): Promise<Row[]> {
    if (searchWords(filter.q ?? '').length > 0) return search<Row>(filter, window, withData);
    const times = { from: filter.receivedAfter, to: filter.receivedBefore };
    return walkDays(window, times, now(), (range, count) => {
      const more = rangeConditions('events', range);
      return rows<Row>(listEventsQuery(db, filter, { ...window, rows: count }, withData, more));
    });
  }

  return {
    listEvents: (filter, page) =>
      readPage(eventList, { filter, page, read: (window) => eventRows(filter, window, false) }),
    listFullEvents: (filter, page) =>
      readPage(fullEventList, { filter, page, read: (window) => eventRows(filter, window, true) }),
    listDeliveries: (filter, page) =>
      readPage(deliveryList, {
        filter,
        page,
        read: (window) =>
          walkDays(
            window,
            { from: filter.createdAfter, to: filter.createdBefore },
            now(),
            (range, count) => {
              const more = rangeConditions('deliveries', range);
              return rows(
                listDeliveriesQuery(db, filter, { ...window, rows: count }, more, WAITS_FOR),
              );
            },
          ),
      }),
    // A row of a kind holds the body of that kind.
    listResources: async (kind, filter, page) =>
      (await readPage(resourceList(kind), {
        filter,
        page,
        read: (window) => rows(listResourcesQuery(db, kind, filter, window)),
      })) as Page<Resource<typeof kind>>,
    listAudit: (filter, page) =>
      readPage(auditList, {
        filter,
        page,
        read: (window) => rows(listAuditQuery(db, filter, window)),
      }),
    listAlerts: (filter, page) =>
      readPage(alertList, {
        filter,
        page,
        read: (window) => rows(listAlertsQuery(db, filter, window)),
      }),
    listJobs: (filter, page) =>
      readPage(jobList, {
        filter,
        page,
        read: (window) => rows(listJobsQuery(db, filter, window)),
      }),
  };
}
