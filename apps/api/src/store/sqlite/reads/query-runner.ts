import type { Database, Statement } from 'better-sqlite3';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

import type { CompiledList, ListTables } from '../../list-tables.ts';

/** Puts queries together for each filter and keeps their statements. */
export interface QueryRunner {
  db: Kysely<ListTables & { event_search: { rowid: number } }>;
  rows: <Row>(query: CompiledList) => Row[];
  /** Row by row; the reading of another query waits until it has ended. */
  iterate: <Row>(query: CompiledList) => IterableIterator<Row>;
}

const KEPT_STATEMENTS = 64;

export function createQueryRunner(database: Database): QueryRunner {
  const db = new Kysely<ListTables & { event_search: { rowid: number } }>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const statements = new Map<string, Statement>();

  function prepare(query: CompiledList): Statement {
    let statement = statements.get(query.sql);
    if (!statement) {
      statement = database.prepare(query.sql);
      if (statements.size >= KEPT_STATEMENTS) statements.clear();
      statements.set(query.sql, statement);
    }
    return statement;
  }

  return {
    db,
    rows: <Row>(query: CompiledList) => prepare(query).all(...query.parameters) as Row[],
    iterate: <Row>(query: CompiledList) =>
      prepare(query).iterate(...query.parameters) as IterableIterator<Row>,
  };
}
