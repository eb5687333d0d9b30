import Database from 'better-sqlite3';
import { BUCKET_COUNT } from '../../../domain/histogram.ts';
import { GatewayError } from '../../../domain/errors.ts';
import type { MovedPage, MoveSource } from '../../move/move-store.ts';
import {
  MOVED_TABLES,
  type Cell,
  type MovedRow,
  type MovedTable,
} from '../../move/moved-tables.ts';
import { readHistogram } from '../histogram-blob.ts';
import { explainFileFailure } from '../inspect.ts';
import { SOURCE_TABLES } from './source-tables.ts';

const ROWS_A_PAGE = 1000;
const BYTES_A_PAGE = 4 * 1024 * 1024;
const LOCK_WAIT_MS = 2000;
const DAY_MS = 86_400_000;

/**
 * Opens a database of the current schema to be moved, and holds its write lock until `close`: a gateway that starts on it
 * meanwhile is refused, and the lock ends with this process, however that ends.
 * @throws GatewayError `conflict` when another process holds the lock, `not_ready` when the file cannot be read
 */
export function openMoveSource(file: string): MoveSource & { close(): void } {
  const database = new Database(file, { timeout: LOCK_WAIT_MS, fileMustExist: true });
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database.close();
    throw explainLock(error, file);
  }
  return {
    fingerprint: readFingerprint(database),
    days: () => [
      ...readDays(database, 'events', 'received_at'),
      ...readDays(database, 'deliveries', 'created_at'),
    ],
    count: (table) => {
      const { from, where } = SOURCE_TABLES[table];
      const [own] = from.split(' ');
      const sql = `SELECT count(*) FROM ${own ?? from}${where === undefined ? '' : ` WHERE ${where}`}`;
      return Number(database.prepare(sql).pluck().get());
    },
    pages: (table, after) => readPages(database, table, after),
    close() {
      database.close();
    },
  };
}

/** Which store it is, its schema, and how often it was opened: each opening takes a number that never comes again. */
function readFingerprint(database: Database.Database): string {
  const one = (sql: string): unknown => database.prepare(sql).pluck().get() ?? null;
  return JSON.stringify([
    one('PRAGMA user_version'),
    one('SELECT id FROM audit ORDER BY seq LIMIT 1'),
    one('SELECT max(seq) FROM audit'),
    one('SELECT max(seq) FROM changes'),
    one("SELECT seq FROM sqlite_sequence WHERE name = 'processes'"),
  ]);
}

/** The days that rows lie in, found by one step in the index for each. */
function readDays(database: Database.Database, table: string, column: string): number[] {
  return database
    .prepare<[], number>(
      `WITH RECURSIVE found (at) AS (
         SELECT min(${column}) FROM ${table}
         UNION ALL
         SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} >= (at / ${DAY_MS} + 1) * ${DAY_MS}) FROM found WHERE at IS NOT NULL
       ) SELECT at / ${DAY_MS} FROM found WHERE at IS NOT NULL`,
    )
    .pluck()
    .all();
}

/** The statement that reads a table from a key on; the key's columns come first. */
export function pageQuery(table: MovedTable, isFirst: boolean): string {
  const { from, columns = {}, key, where } = SOURCE_TABLES[table];
  const selected = MOVED_TABLES[table].map((column) => columns[column] ?? `${own(from)}.${column}`);
  const conditions = where === undefined ? [] : [where];
  if (!isFirst) conditions.push(`(${key.join(', ')}) > (${key.map(() => '?').join(', ')})`);
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${[...key, ...selected].join(', ')} FROM ${from}${filter} ORDER BY ${key.join(', ')}`;
}

function* readPages(
  database: Database.Database,
  table: MovedTable,
  after: string | null,
): Generator<MovedPage> {
  const keyLength = SOURCE_TABLES[table].key.length;
  const statement = database.prepare<unknown[], Cell[]>(pageQuery(table, after === null)).raw();
  let rows: MovedRow[] = [];
  let sizeBytes = 0;
  let last = after ?? '';
  for (const cells of statement.iterate(...(after === null ? [] : readKey(after)))) {
    const row = cells.slice(keyLength);
    rows.push(table === 'rollups' ? withHistogram(row) : row);
    sizeBytes += row.reduce<number>((sum, cell) => sum + sizeOf(cell), 0);
    last = writeKey(cells.slice(0, keyLength));
    if (rows.length === ROWS_A_PAGE || sizeBytes > BYTES_A_PAGE) {
      yield { rows, last };
      rows = [];
      sizeBytes = 0;
    }
  }
  if (rows.length > 0) yield { rows, last };
}

function withHistogram(row: readonly Cell[]): MovedRow {
  const blob = row.at(-1);
  if (!Buffer.isBuffer(blob)) return row;
  const histogram = new Array<number>(BUCKET_COUNT).fill(0);
  for (const [bucket, count] of readHistogram(blob)) histogram[bucket] = count;
  return [...row.slice(0, -1), histogram];
}

function sizeOf(cell: Cell): number {
  return typeof cell === 'string' || ArrayBuffer.isView(cell) ? Buffer.byteLength(cell) : 8;
}

/** A key as text: JSON, bytes as base64 in a list. */
function writeKey(key: readonly Cell[]): string {
  return JSON.stringify(
    key.map((cell) => (Buffer.isBuffer(cell) ? [cell.toString('base64')] : cell)),
  );
}

function readKey(text: string): unknown[] {
  return (JSON.parse(text) as unknown[]).map((cell) =>
    Array.isArray(cell) ? Buffer.from(String(cell[0]), 'base64') : cell,
  );
}

const own = (from: string): string => from.split(' ')[0] ?? from;

function explainLock(error: unknown, file: string): GatewayError {
  const isLocked =
    error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
  if (!isLocked) return explainFileFailure(error);
  return new GatewayError('conflict', `Another process is writing to ${file}; stop it first.`);
}
