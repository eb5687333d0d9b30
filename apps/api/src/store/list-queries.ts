import { expressionBuilder, sql } from 'kysely';
import type { Expression, Kysely, SqlBool } from 'kysely';

import { ALERT_COLUMNS } from './alert-rows.ts';
import { codeClassNumber, stateCode, statusCode } from './codes.ts';
import type { PagePosition } from './cursor.ts';
import { JOB_COLUMNS } from './job-rows.ts';
import type { CompiledList, ListTables } from './list-tables.ts';
import { DELIVERY_COLUMNS, EVENT_SUMMARY_COLUMNS, WAITS_FOR } from './rows.ts';
import type { AlertFilter, AuditFilter, DeliveryFilter, EventFilter } from './store.ts';

/*
 * The dynamic queries behind the lists, for both engines. Newest first by (time, seq), read in the order of an index.
 *
 * A filter with several values cannot be read in index order as one range, so each value of one such filter becomes a
 * range of its own, cut to the page's length, and the ranges are merged.
 */

/** Past this many values a filter is tested row by row instead. */
const MOST_RANGES = 24;

export type Condition = Expression<SqlBool>;

/** One filter: its condition for each of its values. */
interface ValueFilter {
  conditions: Condition[];
}

export interface ListWindow {
  after: PagePosition | null;
  /** Rows to read: the page's length and one more. */
  rows: number;
  /** Oldest first instead. */
  isAscending?: boolean;
}

/**
 * Lists events without or with their payloads, by everything but words.
 * @param more conditions of the engine's own
 */
export function listEventsQuery(
  db: Kysely<ListTables>,
  filter: EventFilter,
  window: ListWindow,
  withData: boolean,
  more: readonly Condition[] = [],
): CompiledList {
  const columns = eventColumns(withData);
  const order = window.isAscending ? 'asc' : 'desc';
  const [ranges, others] = chooseRanges(eventValueFilters(filter));
  const tests = [
    ...others,
    ...eventTimes(filter),
    ...after('events.received_at', 'events.seq', window),
    ...more,
  ];
  const part = (range: Condition | null) =>
    db
      .selectFrom('events')
      .select(columns)
      .where(all(range ? [range, ...tests] : tests))
      .orderBy('events.received_at', order)
      .orderBy('events.seq', order)
      .limit(window.rows);
  const [first, ...rest] = ranges;
  if (!first || rest.length === 0) return part(first ?? null).compile();
  let merged = db.selectFrom(part(first).as('range')).selectAll();
  for (const range of rest)
    merged = merged.unionAll(db.selectFrom(part(range).as('range')).selectAll());
  return db
    .selectFrom(merged.as('merged'))
    .selectAll()
    .orderBy('received_at', order)
    .orderBy('seq', order)
    .limit(window.rows)
    .compile();
}

/** The conditions of an event list besides its words, for an engine's own search query. */
export function eventConditions(filter: EventFilter): Condition {
  return all([...eventValueFilters(filter).map(any), ...eventTimes(filter)]);
}

/** The conditions of a delivery list. */
export function deliveryConditions(filter: DeliveryFilter): Condition {
  return all([...deliveryValueFilters(filter).map(any), ...deliveryTimes(filter)]);
}

export function eventColumns(withData: boolean) {
  const columns = EVENT_SUMMARY_COLUMNS.map((column) => `events.${column}` as const);
  return withData ? [...columns, 'events.data' as const] : columns;
}

/**
 * Lists deliveries; each row carries `record_id`, the `evt_…` id of its event, and `waits_for`.
 * @param more conditions of the engine's own
 * @param waitsFor how the engine finds what a delivery waits for
 */
export function listDeliveriesQuery(
  db: Kysely<ListTables>,
  filter: DeliveryFilter,
  window: ListWindow,
  more: readonly Condition[] = [],
  waitsFor: string = WAITS_FOR,
): CompiledList {
  const order = window.isAscending ? 'asc' : 'desc';
  const [ranges, others] = chooseRanges(deliveryValueFilters(filter));
  const tests = [
    ...others,
    ...deliveryTimes(filter),
    ...after('deliveries.created_at', 'deliveries.seq', window),
    ...more,
  ];
  const part = (range: Condition | null) =>
    db
      .selectFrom('deliveries')
      .select(DELIVERY_COLUMNS.map((column) => `deliveries.${column}` as const))
      .select((eb) =>
        eb
          .selectFrom('events')
          .select('events.id')
          .whereRef('events.seq', '=', 'deliveries.event_seq')
          .as('record_id'),
      )
      .select(sql<string | null>`${sql.raw(waitsFor)}`.as('waits_for'))
      .where(all(range ? [range, ...tests] : tests))
      .orderBy('deliveries.created_at', order)
      .orderBy('deliveries.seq', order)
      .limit(window.rows);
  const [first, ...rest] = ranges;
  if (!first || rest.length === 0) return part(first ?? null).compile();
  let merged = db.selectFrom(part(first).as('range')).selectAll();
  for (const range of rest)
    merged = merged.unionAll(db.selectFrom(part(range).as('range')).selectAll());
  return db
    .selectFrom(merged.as('merged'))
    .selectAll()
    .orderBy('created_at', order)
    .orderBy('seq', order)
    .limit(window.rows)
    .compile();
}

/** Lists configuration records of a kind. */
export function listResourcesQuery(
  db: Kysely<ListTables>,
  kind: string,
  filter: { parentId?: string },
  window: ListWindow,
): CompiledList {
  let query = db.selectFrom('resources').selectAll().where('kind', '=', kind);
  if (filter.parentId !== undefined) query = query.where('parent_id', '=', filter.parentId);
  return query
    .where(all(after('resources.created_at', 'resources.seq', window)))
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(window.rows)
    .compile();
}

/** Lists the audit log. */
export function listAuditQuery(
  db: Kysely<ListTables>,
  filter: AuditFilter,
  window: ListWindow,
): CompiledList {
  let query = db.selectFrom('audit').selectAll();
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.resource !== undefined) query = query.where('action', 'like', `${filter.resource}.%`);
  return query
    .where(
      all([
        ...times('audit.at', filter.after, filter.before),
        ...after('audit.at', 'audit.seq', window),
      ]),
    )
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(window.rows)
    .compile();
}

/** Lists durable jobs. */
export function listJobsQuery(
  db: Kysely<ListTables>,
  filter: { kind?: readonly string[]; state?: readonly string[] },
  window: ListWindow,
): CompiledList {
  let query = db.selectFrom('jobs').select(JOB_COLUMNS);
  if (filter.kind && filter.kind.length > 0) query = query.where('kind', 'in', filter.kind);
  if (filter.state && filter.state.length > 0) query = query.where('state', 'in', filter.state);
  return query
    .where(all(after('jobs.created_at', 'jobs.seq', window)))
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(window.rows)
    .compile();
}

/** Lists alerts. */
export function listAlertsQuery(
  db: Kysely<ListTables>,
  filter: AlertFilter,
  window: ListWindow,
): CompiledList {
  const tests = present([
    values('alerts.rule_id', filter.ruleId),
    values('alerts.target_id', filter.targetId),
    values('alerts.source_id', filter.sourceId),
    values('alerts.code', filter.code),
    values('alerts.severity', filter.severity),
  ]).map(any);
  if (filter.state !== undefined) {
    const test = filter.state === 'open' ? sql`IS NULL` : sql`IS NOT NULL`;
    tests.push(sql<SqlBool>`${sql.ref('alerts.resolved_at')} ${test}`);
  }
  return db
    .selectFrom('alerts')
    .select(ALERT_COLUMNS)
    .where(all([...tests, ...after('alerts.raised_at', 'alerts.seq', window)]))
    .orderBy('raised_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(window.rows)
    .compile();
}

function eventValueFilters(filter: EventFilter): ValueFilter[] {
  return present([
    values('events.id', filter.id),
    values('events.subject', filter.subject),
    values('events.type', filter.type),
    values('events.source', filter.source),
    values('events.source_id', filter.sourceId),
    // Routed events, the rule, are left out of the status index.
    values('events.status', filter.status?.map(statusCode), (code) =>
      code === 0 ? [] : [sql<SqlBool>`events.status <> 0`],
    ),
  ]);
}

function deliveryValueFilters(filter: DeliveryFilter): ValueFilter[] {
  const succeeded = stateCode('succeeded');
  return present([
    filter.eventId && filter.eventId.length > 0
      ? {
          conditions: [
            expressionBuilder<ListTables, 'deliveries'>()(
              'deliveries.event_seq',
              'in',
              expressionBuilder<ListTables, 'deliveries'>()
                .selectFrom('events')
                .select('events.seq')
                .where('events.id', 'in', filter.eventId),
            ),
          ],
        }
      : null,
    // Succeeded deliveries, the rule, are left out of the state index, and 2xx of the index on answers.
    values('deliveries.state', filter.state?.map(stateCode), (code) =>
      code === succeeded ? [] : [sql<SqlBool>`deliveries.state <> 3`],
    ),
    values('deliveries.last_error_kind', filter.errorKind),
    values('deliveries.code_class', filter.codeClass?.map(codeClassNumber), (code) =>
      Number(code) > 2 ? [sql<SqlBool>`deliveries.code_class > 2`] : [],
    ),
    values('deliveries.replay_id', filter.replayId),
    values('deliveries.reason', filter.reason),
    values('deliveries.ordering_key', filter.orderingKey),
    values('deliveries.subscription_id', filter.subscriptionId),
    values('deliveries.target_id', filter.targetId),
    values('deliveries.event_type', filter.type),
    values('deliveries.source_id', filter.sourceId),
  ]);
}

function eventTimes(filter: EventFilter): Condition[] {
  return times('events.received_at', filter.receivedAfter, filter.receivedBefore);
}

function deliveryTimes(filter: DeliveryFilter): Condition[] {
  return times('deliveries.created_at', filter.createdAfter, filter.createdBefore);
}

function times(column: string, from: number | undefined, to: number | undefined): Condition[] {
  const conditions: Condition[] = [];
  if (from !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} > ${from}`);
  if (to !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} < ${to}`);
  return conditions;
}

function after(at: string, seq: string, window: ListWindow): Condition[] {
  const position = window.after;
  if (!position) return [];
  const [here, there] = [
    sql`(${sql.ref(at)}, ${sql.ref(seq)})`,
    sql`(${position.at}, ${position.seq})`,
  ];
  return [window.isAscending ? sql<SqlBool>`${here} > ${there}` : sql<SqlBool>`${here} < ${there}`];
}

function values(
  column: string,
  wanted: readonly (string | number)[] | undefined,
  // What the engine must be told to see that a partial index covers the value.
  hints: (value: string | number) => Condition[] = () => [],
): ValueFilter | null {
  if (!wanted || wanted.length === 0) return null;
  return {
    conditions: [...new Set(wanted)].map((value) =>
      all([sql<SqlBool>`${sql.ref(column)} = ${value}`, ...hints(value)]),
    ),
  };
}

/** Takes one filter apart into ranges, and makes tests of the others. The filters come most telling first. */
function chooseRanges(filters: readonly ValueFilter[]): [ranges: Condition[], tests: Condition[]] {
  const single = filters.find((filter) => filter.conditions.length === 1);
  const chosen = single ?? filters.find((filter) => filter.conditions.length <= MOST_RANGES);
  if (!chosen) return [[], filters.map(any)];
  return [chosen.conditions, filters.filter((filter) => filter !== chosen).map(any)];
}

function present(filters: readonly (ValueFilter | null)[]): ValueFilter[] {
  return filters.filter((filter) => filter !== null);
}

function any(filter: ValueFilter): Condition {
  return expressionBuilder<ListTables>().or(filter.conditions);
}

function all(conditions: readonly Condition[]): Condition {
  return expressionBuilder<ListTables>().and([...conditions]);
}
