import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { MOVED_TABLE_NAMES } from '../../move/moved-tables.ts';
import { migrate } from '../migrate.ts';
import { pageQuery } from './open-move-source.ts';
import { NOT_MOVED } from './source-tables.ts';

let database: Database.Database;
beforeAll(() => {
  database = new Database(':memory:');
  migrate(database);
});
afterAll(() => {
  database.close();
});

/** Without those that SQLite, or its full-text index, keeps for itself. */
const tables = () =>
  database
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
    .filter((name) => !name.startsWith('sqlite_') && !name.startsWith('event_search_'));

describe('the move of a SQLite store', () => {
  test('takes every table of the schema along, or says why not', () => {
    expect(tables()).toEqual(
      [...MOVED_TABLE_NAMES, ...tables().filter((name) => name in NOT_MOVED)].sort(),
    );
  });

  test.each(MOVED_TABLE_NAMES)('takes every column of %s along, or says why not', (table) => {
    const query = pageQuery(table, true);
    const columns = database
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`)
      .pluck()
      .all();
    expect(columns.length).toBeGreaterThan(1);
    const missing = columns.filter((column) => !new RegExp(`\\b${column}\\b`).test(query));
    expect(missing.filter((column) => !(`${table}.${column}` in NOT_MOVED))).toEqual([]);
  });

  test.each(MOVED_TABLE_NAMES)('reads %s along an index from any place on', (table) => {
    const plan = database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${pageQuery(table, false)}`)
      .all(...Array.from({ length: table === 'rollups' ? 6 : 1 }, () => 0))
      .map(({ detail }) => detail);
    expect(plan[0]).toMatch(/^SEARCH /);
    expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
  });
});
