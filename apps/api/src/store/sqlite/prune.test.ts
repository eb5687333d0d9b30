import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';

import { FakeClock } from '../../domain/fake-clock.ts';
import { openSqliteStore } from './open.ts';
import { createPrune } from './writes/prune.ts';

const clock = new FakeClock();
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-'));
  file = join(folder, 'a.db');
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  openSqliteStore({ file, clock, process: { id: 'prc_a', pid: process.pid, host: 'here' } });

test('no statement of retention goes through a table as a whole', async () => {
  await (await open()).close();
  const database = new Database(file);
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    statements.push(sql);
    return prepare(sql);
  };
  createPrune(database);
  const steps = statements.flatMap((sql) => {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 0);
    return prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[];
  });
  database.close();
  expect(steps.length).toBeGreaterThan(statements.length);
  expect(steps.filter(({ detail }) => /^SCAN(?!.* VIRTUAL TABLE)/.test(detail))).toEqual([]);
});

test('all that is outdated beside events leaves, however much it is', async () => {
  await (await open()).close();
  const database = new Database(file);
  database.exec(
    `WITH RECURSIVE rows (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rows WHERE n < 2500)
     INSERT INTO login_failures (key, at) SELECT 'k', 0 FROM rows`,
  );
  const store = await open();
  await store.prune(clock.now(), clock.now(), 200);
  await store.close();
  expect(database.prepare('SELECT count(*) FROM login_failures').pluck().get()).toBe(0);
  database.close();
});
