import { sql } from 'kysely';
import type { Kysely, SqlBool } from 'kysely';

import type { PagePosition } from '../../cursor.ts';
import { eventColumns, eventConditions, listEventsQuery } from '../../list-queries.ts';
import type { Condition, ListWindow } from '../../list-queries.ts';
import type { ListTables } from '../../list-tables.ts';
import { foldWords, searchWords } from '../../search-text.ts';
import type { EventFilter } from '../../store.ts';
import type { Database } from '../pool.ts';
import { coverSpan, laterSpan } from './search-spans.ts';
import type { SearchSpan } from './search-spans.ts';
import { rangeConditions } from './time-range.ts';
import { walkDays } from './walk-days.ts';

/*
 * Neither of the two plans that PostgreSQL has for "these words, newest first" is quick for all words: to collect every event with a common word and
 * sort them, or to go back in time until enough events with a rare word are met. So a search takes both, bounded, in turn:
 *
 * 1. The newest events of the filter are tested one by one. This fills the page for common words, and it ends the search where the filter
 *    holds few events.
 * 2. From there on the index of words is asked span by span, each 16 times as long as the one before. An answer of the index holds the events of one span
 *    only, so a common word does not cost more than a rare one, and some six spans reach back over all that is kept.
 */

/** Events that are tested one by one. */
const TESTED = 400;
/** About how many events the first span holds. */
const FIRST_SPAN_EVENTS = 4000;
const SPAN_GROWTH = 16;

interface TestedRow {
  received_at: number;
  seq: number;
  is_match: boolean;
}

type PositionRow = Omit<TestedRow, 'is_match'>;

export type Search = <Row extends object>(
  filter: EventFilter,
  window: ListWindow,
  withData: boolean,
  more?: readonly Condition[],
) => Promise<Row[]>;

/** Prepares the search for events by words: rows in the order of the list, with the columns of the list. */
export function createSearch(deps: {
  database: Pick<Database, 'queryOnce'>;
  db: Kysely<ListTables>;
  now: () => number;
}): Search {
  const { database, db, now } = deps;

  /** The next events of the filter, each tested for the words. */
  async function test(
    query: string,
    filter: EventFilter,
    window: ListWindow,
    more: readonly Condition[],
  ): Promise<TestedRow[]> {
    const times = { from: filter.receivedAfter, to: filter.receivedBefore };
    return walkDays({ ...window, rows: TESTED }, times, now(), (range, rows) => {
      const conditions = [...more, ...rangeConditions('events', range)];
      const list = listEventsQuery(db, filter, { ...window, rows }, false, conditions);
      const order = window.isAscending ? 'ASC' : 'DESC';
      return database.queryOnce<TestedRow>(
        `WITH newest AS MATERIALIZED (SELECT received_at, seq FROM (${list.sql}) AS list)
         SELECT newest.received_at, newest.seq, events.words @@ $${list.parameters.length + 1}::tsquery AS is_match
         FROM newest JOIN events ON events.seq = newest.seq ORDER BY newest.received_at ${order}, newest.seq ${order}`,
        [...list.parameters, query],
      );
    });
  }

  /** Where the first span ends; null: it would hold all that is left. */
  async function firstEnd({ at }: PagePosition, isAscending: boolean): Promise<number | null> {
    const range = isAscending ? { from: at, below: null } : { from: null, below: at + 1 };
    const compiled = db
      .selectFrom('events')
      .select('events.received_at')
      .where((eb) => eb.and(rangeConditions('events', range)))
      .orderBy('events.received_at', isAscending ? 'asc' : 'desc')
      .orderBy('events.seq', isAscending ? 'asc' : 'desc')
      .limit(sql.lit(1))
      .offset(sql.lit(FIRST_SPAN_EVENTS))
      .compile();
    const rows = await database.queryOnce<{ received_at: number }>(
      compiled.sql,
      compiled.parameters,
    );
    return rows[0]?.received_at ?? null;
  }

  /** Events of a span (null: of all time) that hold the words, out of the index. */
  async function look(
    query: string,
    span: SearchSpan | null,
    filter: EventFilter,
    window: ListWindow,
    more: readonly Condition[],
  ): Promise<PositionRow[]> {
    const { after, isAscending = false } = window;
    const sought = span ? `${query} & (${span.names.map(quote).join(' | ')})` : query;
    const conditions = [sql<SqlBool>`events.words @@ ${sought}::tsquery`, eventConditions(filter)];
    const near = after?.at ?? null;
    const far = span?.end ?? null;
    const [from, to] = isAscending ? [near, far] : [far, near];
    conditions.push(
      ...more,
      ...rangeConditions('events', { from, below: to === null ? null : to + 1 }),
    );
    if (after) {
      const here = sql`(events.received_at, events.seq)`;
      const there = sql`(${after.at}::bigint, ${after.seq}::bigint)`;
      conditions.push(
        isAscending ? sql<SqlBool>`${here} > ${there}` : sql<SqlBool>`${here} < ${there}`,
      );
    }
    // Collected before they are sorted: else the server may take the index that is sorted already, and test every event of the span.
    const order = sql.raw(isAscending ? 'ASC' : 'DESC');
    const compiled = sql`WITH found AS MATERIALIZED (
        SELECT events.received_at, events.seq FROM events WHERE ${sql.join(conditions, sql` AND `)}
      ) SELECT received_at, seq FROM found ORDER BY received_at ${order}, seq ${order} LIMIT ${window.rows}`.compile(
      db,
    );
    return database.queryOnce<PositionRow>(compiled.sql, compiled.parameters);
  }

  async function find(
    query: string,
    filter: EventFilter,
    window: ListWindow,
    more: readonly Condition[],
  ): Promise<PositionRow[]> {
    const tested = await test(query, filter, window, more);
    const found: PositionRow[] = tested.filter((row) => row.is_match).slice(0, window.rows);
    const last = tested.at(-1);
    if (!last || tested.length < TESTED || found.length === window.rows) return found;
    const isAscending = window.isAscending ?? false;
    const end = await firstEnd({ at: last.received_at, seq: last.seq }, isAscending);
    let span = end === null ? null : coverSpan(last.received_at, end, isAscending);
    let after: PagePosition = { at: last.received_at, seq: last.seq };
    for (;;) {
      const rest = { ...window, rows: window.rows - found.length, after };
      found.push(...(await look(query, span, filter, rest, more)));
      if (span === null || found.length === window.rows || isPast(span.end, filter)) return found;
      after = { at: span.end, seq: isAscending ? Number.MAX_SAFE_INTEGER : 0 };
      span = laterSpan(span, SPAN_GROWTH);
    }
  }

  return async <Row extends object>(
    filter: EventFilter,
    window: ListWindow,
    withData: boolean,
    more: readonly Condition[] = [],
  ) => {
    const query = queryOf(filter.q ?? '');
    const places = await find(query, filter, window, more);
    if (places.length === 0) return [];
    const numbers = places.map((place) => place.seq);
    const compiled = db
      .selectFrom('events')
      .select(eventColumns(withData))
      .where(sql<SqlBool>`events.seq = ANY (${`{${numbers.join()}}`}::bigint[])`)
      .compile();
    const rows = await database.queryOnce<Row & PositionRow>(compiled.sql, compiled.parameters);
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    // What left with retention meanwhile is left out.
    return numbers.flatMap((seq) => bySeq.get(seq) ?? []);
  };
}

/** Whether nothing of the filter lies beyond a moment, on a way that began inside it. */
function isPast(at: number, { receivedAfter, receivedBefore }: EventFilter): boolean {
  return at <= (receivedAfter ?? -Infinity) || at >= (receivedBefore ?? Infinity);
}

/** All words of a search, as the index knows them. */
export function queryOf(q: string): string {
  const words = foldWords(searchWords(q).join(' ')).split(' ');
  return words.map(quote).join(' & ');
}

// Words hold letters and digits only, and names of spans nothing that ends a quotation.
function quote(entry: string): string {
  return `'${entry}'`;
}
