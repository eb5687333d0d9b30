import type pg from 'pg';
import { GatewayError } from '../../../domain/errors.ts';
import type { MovedPage, MoveTarget } from '../../move/move-store.ts';
import type { Cell, MovedRow, MovedTable } from '../../move/moved-tables.ts';
import { toGatewayError } from '../failures.ts';
import { plainText } from '../json-rows.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { createClient } from '../pool.ts';
import { enterStore } from './enter-store.ts';
import { finishMove } from './finish-move.ts';
import { refuseFull } from './refuse-full.ts';
import { toKeyLists, toLists } from './to-lists.ts';
import { INSERT_EVENT_KEYS, insertSql, readSql } from './table-sql.ts';

/** A database that is about to take a store in, or was interrupted at it. */
export interface MoveDestination {
  /** Of the source of an interrupted move; null: the database is empty. */
  interrupted: string | null;
  /** Goes on with the interrupted move, or begins anew where the source is another one by now. */
  enter(fingerprint: string, days: readonly number[]): Promise<MoveTarget>;
  close(): Promise<void>;
}

// Any number will do that nobody else uses in the same database.
const MOVE_LOCK = 7_446_217_002;
const LONGEST_LOCK_WAIT = '10s';
const LOCK_NOT_AVAILABLE = '55P03';
const ROWS_A_FETCH = 1000;

/**
 * Connects to the database that a store moves to, and brings it to this version's schema.
 * @throws GatewayError `conflict` when it holds anything else than an interrupted move, or another move runs; `not_ready` when it cannot be used
 */
export async function openMoveTarget(url: string, now: number): Promise<MoveDestination> {
  const client = createClient({ url, name: 'signalbox migrate', statementTimeoutMs: 0 });
  // A connection that breaks makes the statement under way fail, which says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await takeLock(client);
    await refuseStrangers(client);
    const interrupted = await readInterrupted(client);
    if (interrupted === null) {
      await migrate(client, now);
      await refuseFull(client);
    } else {
      await refuseOtherVersion(client);
    }
    // The copy is worth nothing before its end, so no page waits for the disk; the last commit does.
    await client.query('SET synchronous_commit = off');
    return {
      interrupted,
      async enter(fingerprint, days) {
        return createTarget(client, await guarded(() => enterStore(client, fingerprint, days)));
      },
      close: () => client.end(),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw toGatewayError(error);
  }
}

type Done = Map<MovedTable, { after: string | null; rows: number; isDone: boolean }>;

function createTarget(client: pg.Client, done: Done): MoveTarget {
  return {
    progress: (table) => done.get(table) ?? { after: null, rows: 0, isDone: false },
    write: (table, page) => guarded(() => writePage(client, table, page)),
    endTable: (table) =>
      guarded(async () => {
        await client.query('UPDATE unfinished_move SET is_done = true WHERE table_name = $1', [
          table,
        ]);
      }),
    rows: (table) => readRows(client, table),
    holdable: (row) => row.map(plainText),
    finish: () => guarded(() => finishMove(client)),
  };
}

async function writePage(client: pg.Client, table: MovedTable, page: MovedPage): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(insertSql(table), toLists(table, page.rows));
    if (table === 'events') await client.query(INSERT_EVENT_KEYS, toKeyLists(page.rows));
    await client.query(
      'UPDATE unfinished_move SET after = $2, rows = rows + $3 WHERE table_name = $1',
      [table, page.last, page.rows.length],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function* readRows(client: pg.Client, table: MovedTable): AsyncGenerator<MovedRow> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await client.query(`DECLARE moved NO SCROLL CURSOR FOR ${readSql(table)}`);
    for (;;) {
      const text = `FETCH ${ROWS_A_FETCH} FROM moved`;
      const { rows } = await client.query<Cell[]>({
        text,
        rowMode: 'array',
      });
      if (rows.length === 0) return;
      yield* rows;
    }
  } finally {
    await client.query('ROLLBACK');
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toGatewayError(error);
  }
}

/** Waits for the connection of a move that was killed a moment ago: the server may be busy with its last statement. */
async function takeLock(client: pg.Client): Promise<void> {
  try {
    await client.query(`SET lock_timeout = '${LONGEST_LOCK_WAIT}'`);
    await client.query('SELECT pg_advisory_lock($1)', [MOVE_LOCK]);
    await client.query('RESET lock_timeout');
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new GatewayError('conflict', 'Another move into this database is under way.');
  }
}

/** Tables of another program must not be taken for ours. */
async function refuseStrangers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; is_ours: boolean }>(
    `SELECT min(table_name) AS name, bool_or(table_name = 'schema_migrations') AS is_ours
     FROM information_schema.tables WHERE table_schema = current_schema() HAVING count(*) > 0`,
  );
  const [found] = rows;
  if (found && !found.is_ours) {
    throw new GatewayError(
      'conflict',
      `The database holds tables of another program (such as "${found.name}"); use an empty database.`,
    );
  }
}

async function refuseOtherVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    'SELECT max(version) AS version FROM schema_migrations',
  );
  if (rows[0]?.version === migrations.length) return;
  throw new GatewayError(
    'conflict',
    'The interrupted move was begun by another version of Signalbox; use that one, or an empty database.',
  );
}

async function readInterrupted(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string | null }>(
    "SELECT to_regclass('unfinished_move')::text AS name",
  );
  if (rows[0]?.name === null) return null;
  const found = await client.query<{ after: string }>(
    "SELECT after FROM unfinished_move WHERE table_name = ''",
  );
  return found.rows[0]?.after ?? '';
}
