import pg from 'pg';

import { GatewayError } from '../../domain/errors.ts';
import { isConnectionLost, toGatewayError } from './failures.ts';
import { plainText } from './json-rows.ts';

/** Runs one statement and answers its rows; `bigint`, `numeric` and counts come as numbers, `bytea` as Buffers. */
export type Query = <Row extends object>(
  sql: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>;

/** Sends a statement of a transaction without waiting for its end, which the commit then waits for. */
export type Post = (sql: string, parameters?: readonly unknown[]) => void;

export interface Database {
  /**
   * Runs one statement by itself, prepared once a connection under its own text.
   * @throws GatewayError `not_ready` when the server cannot be reached or does not answer in time
   */
  query: Query;
  /** As `query`, for statements whose text varies without bound: not prepared. */
  queryOnce: Query;
  /**
   * Runs several statements in one transaction on one connection; an error rolls all of it back.
   * @param run `post` sends a statement whose rows nobody needs; it travels together with the next one, or with the commit
   * @param mode such as `ISOLATION LEVEL REPEATABLE READ READ ONLY`; default: read committed
   * @param limitMs how long each statement may take; default: as the pool's others
   */
  transaction: <T>(
    run: (query: Query, post: Post) => Promise<T>,
    mode?: string,
    limitMs?: number,
  ) => Promise<T>;
  /** Finishes what was asked for, then lets go of all connections. Whatever is asked later is rejected. */
  close(): Promise<void>;
}

export interface PoolOptions {
  url: string;
  /** Connections at most. */
  size: number;
  /** Shown by the server in its list of connections. */
  name: string;
  /** How long a connection may take to come about, or to come free. */
  connectTimeoutMs?: number;
  /** How long a statement may take; the server ends it then, and the caller gives up soon after even if the server is silent. */
  statementTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 3000;
const STATEMENT_TIMEOUT_MS = 5000;
/** A server that lives ends the statement itself and says so; only a silent one is given up by us. */
const GRACE_MS = 500;
const IDLE_MS = 30_000;
const NOTHING: readonly unknown[] = [];

/** Opens a pool of connections; nothing is connected before the first statement. */
export function createPool(options: PoolOptions): Database {
  const pool = new pg.Pool({
    ...connectionSettings(options),
    max: options.size,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
  });
  // An idle connection that breaks leaves the pool by itself; the next statement opens another.
  pool.on('error', () => undefined);
  // A prepared statement keeps the plan of its first uses, when the partitions of a day were empty and reading all of them was cheap.
  pool.on('connect', (client) => {
    // Compiling a query to machine code takes longer than any query of ours runs.
    client.query('SET enable_seqscan = off; SET jit = off').catch(() => undefined);
  });
  const nameOf = createStatementNames();

  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  async function use<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (isClosed) throw new GatewayError('not_ready', 'The store is closed.');
    const running = runOnClient(run);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  }

  async function runOnClient<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw toGatewayError(error);
    }
    let isBroken = false;
    const onError = (): void => {
      isBroken = true;
    };
    client.on('error', onError);
    try {
      return await run(client);
    } catch (error) {
      isBroken ||= isConnectionLost(error);
      throw toGatewayError(error);
    } finally {
      client.removeListener('error', onError);
      client.release(isBroken);
    }
  }

  function queryOn(client: pg.PoolClient, limitMs?: number): Query {
    const timeout = limitMs === undefined ? {} : { query_timeout: limitMs + GRACE_MS };
    return async <Row extends object>(text: string, parameters = NOTHING) => {
      const result = await client.query<Row>({
        name: nameOf(text),
        text,
        values: parameters.map(holdable),
        ...timeout,
      });
      return result.rows;
    };
  }

  return {
    query: (text, parameters) => use((client) => queryOn(client)(text, parameters)),
    queryOnce: <Row extends object>(text: string, parameters = NOTHING) =>
      use(async (client) => (await client.query<Row>(text, parameters.map(holdable))).rows),
    transaction: (run, mode = '', limitMs) =>
      use((client) => {
        const limit = limitMs === undefined ? '' : `; SET LOCAL statement_timeout = ${limitMs}`;
        return runTransaction(client, queryOn(client, limitMs), run, `BEGIN ${mode}${limit}`);
      }),
    async close() {
      isClosed = true;
      await Promise.allSettled([...underWay]);
      await pool.end();
    },
  };
}

/** PostgreSQL's text holds no NUL, which whoever asks may send; what is looked for with one is found nowhere. */
function holdable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? plainText(value) : value;
}

/** What nobody reads travels ahead of an answer that is waited for: begin with the first statement, the last with the commit. */
async function runTransaction<T>(
  client: pg.PoolClient,
  query: Query,
  run: (query: Query, post: Post) => Promise<T>,
  begin: string,
): Promise<T> {
  const sent: Promise<unknown>[] = [];
  const keep = (one: Promise<unknown>): void => {
    // Looked at together with the commit; until then its failure is nobody's surprise.
    one.catch(() => undefined);
    sent.push(one);
  };
  keep(client.query(begin));
  try {
    const result = await run(query, (sql, parameters) => keep(query(sql, parameters)));
    keep(client.query('COMMIT'));
    await Promise.all(sent);
    return result;
  } catch (error) {
    // Of several that failed, the first is the cause: the others were refused because of it.
    const cause = await firstFailure(sent, error);
    if (!isConnectionLost(cause)) await client.query('ROLLBACK');
    throw cause;
  }
}

async function firstFailure(
  sent: readonly Promise<unknown>[],
  otherwise: unknown,
): Promise<unknown> {
  for (const result of await Promise.allSettled(sent)) {
    if (result.status === 'rejected') return result.reason;
  }
  return otherwise;
}

/** One connection outside any pool, not yet connected: for LISTEN, or for work without time-outs. */
export function createClient(options: Omit<PoolOptions, 'size'>): pg.Client {
  return new pg.Client(connectionSettings(options));
}

function connectionSettings(options: Omit<PoolOptions, 'size'>): pg.ClientConfig {
  const statementMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  return {
    connectionString: options.url,
    application_name: options.name,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    ...(statementMs > 0 && {
      statement_timeout: statementMs,
      query_timeout: statementMs + GRACE_MS,
      idle_in_transaction_session_timeout: statementMs * 2,
    }),
    keepAlive: true,
    pipeline: true,
    types: { getTypeParser },
  };
}

const INT8 = 20;
const NUMERIC = 1700;
const INT8_ARRAY = 1016;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return Number;
  if (oid === INT8_ARRAY) return readNumbers;
  // pg's own parsers take the text of the server.
  return (pg.types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown)(
    oid,
    format,
  );
}

// `{1,2,3}`, never nested and without nulls.
function readNumbers(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

/** Gives each statement's text a short name of its own, the same on every connection. */
function createStatementNames(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    let name = names.get(text);
    if (name === undefined) {
      name = `s${names.size}`;
      names.set(text, name);
    }
    return name;
  };
}
