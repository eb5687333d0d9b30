import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { buildConnector, Pool } from 'undici';
import type { Clock } from '../domain/clock.ts';
import { AnswerReader, type ReadResult } from './answer-reader.ts';
import { isSameTls, type ClientTls } from './client-tls.ts';
import { errorKindOf } from './error-kind.ts';
import { explainError } from './explain-error.ts';
import { assertAllowed, createGuardedLookup, type Resolve } from './guarded-lookup.ts';
import { readRetryAfter } from './retry-after.ts';
import type { Send, SendOutcome, SendRequest } from './send-types.ts';
import { createSharedLookup } from './shared-lookup.ts';

const CONNECT_TIMEOUT_MS = 5000;
/** Idle pools beyond this many are closed, the longest unused first. */
const MOST_POOLS = 1024;

export interface Sender {
  send: Send;
  /** Aborts what is under way and closes all connections. */
  close(): Promise<void>;
}

interface PoolEntry {
  pool: Pool;
  origin: string;
  maxConnections: number;
  tls: ClientTls | null;
}

/**
 * The HTTP client of deliveries: keep-alive pools, one for each target, so that a hanging target can only use up its own connections;
 * HTTP/1.1 without pipelining; another origin, number or certificate makes a new pool while the old one finishes; redirects are answers like others; addresses are checked at each connect.
 * @param resolve finds a name's addresses
 * @param allowCidrs networks that may be reached although they are not public
 */
export function createSender(deps: {
  clock: Clock;
  resolve: Resolve;
  allowCidrs: readonly string[];
}): Sender {
  const pools = new Map<string, PoolEntry>();
  const rules = { resolve: createSharedLookup(deps), allowCidrs: deps.allowCidrs };
  const connect = createGuardedConnector(rules, null);
  let closed = false;

  function poolFor({ poolKey, url: { origin }, maxConnections, tls }: SendRequest): Pool {
    let entry = pools.get(poolKey);
    // Out and in again: the first of the map is then the longest unused.
    pools.delete(poolKey);
    const isUsable = entry?.origin === origin && entry.maxConnections === maxConnections;
    if (!entry || !isUsable || !isSameTls(entry.tls, tls)) {
      // A closed pool still finishes what it was given.
      void entry?.pool.close();
      const pool = new Pool(origin, {
        connect: tls === null ? connect : createGuardedConnector(rules, tls),
        connections: maxConnections,
        allowH2: false,
      });
      entry = { pool, origin, maxConnections, tls };
    }
    pools.set(poolKey, entry);
    if (pools.size > MOST_POOLS) closeOldest();
    return entry.pool;
  }

  function closeOldest(): void {
    const oldest = pools.entries().next().value;
    if (!oldest) return;
    pools.delete(oldest[0]);
    void oldest[1].pool.close();
  }

  function send(request: SendRequest): Promise<SendOutcome> {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const finish = (result: ReadResult): void => {
        stopTimer();
        const durationMs = performance.now() - startedAt;
        resolve(toOutcome(result, request, durationMs, deps.clock));
      };
      const reader = new AnswerReader(finish);
      const stopTimer = deps.clock.after(request.timeoutMs, () => {
        const error = `No complete answer within ${request.timeoutMs} ms.`;
        reader.cancel(new Error(error));
        const durationMs = performance.now() - startedAt;
        resolve({ outcome: 'failed', errorKind: 'timeout', error, durationMs });
      });
      if (closed) finish({ error: stopping() });
      else dispatch(poolFor(request), request, reader);
    });
  }

  return {
    send,
    async close() {
      closed = true;
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy(stopping())));
    },
  };
}

function dispatch(pool: Pool, { url, method, headers, body }: SendRequest, reader: AnswerReader) {
  pool.dispatch(
    {
      path: url.pathname + url.search,
      method,
      headers,
      body,
      // One timer for the whole request does the work of both.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    reader,
  );
}

function createGuardedConnector(
  deps: { resolve: Resolve; allowCidrs: readonly string[] },
  tls: ClientTls | null,
): buildConnector.connector {
  const connectorFor = (isPlain: boolean): buildConnector.connector => {
    const rules = { allowCidrs: deps.allowCidrs, isPlain };
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      allowH2: false,
      lookup: createGuardedLookup(deps.resolve, rules),
      ...(tls && { secureContext: tls.context }),
      ...(tls?.serverName != null && { servername: tls.serverName }),
    });
    return (options, callback) => {
      // Sockets skip the lookup for a literal address.
      if (isIP(options.hostname) !== 0) {
        try {
          assertAllowed(options.hostname, rules);
        } catch (error) {
          callback(error as Error, null);
          return;
        }
      }
      connect(options, (...result) => {
        const [, socket] = result;
        // With TLS 1.3 a refused certificate is told after the handshake, just before the end, which would hide it.
        socket?.once('error', (error: Error) => socket.destroy(error));
        callback(...result);
      });
    };
  };
  const plain = connectorFor(true);
  const encrypted = connectorFor(false);
  return (options, callback) =>
    (options.protocol === 'https:' ? encrypted : plain)(options, callback);
}

function stopping(): Error {
  return Object.assign(new Error('The gateway is stopping.'), { code: 'ECONNABORTED' });
}

function toOutcome(
  result: ReadResult,
  { tls }: SendRequest,
  durationMs: number,
  clock: Clock,
): SendOutcome {
  if ('error' in result) {
    const errorKind = errorKindOf(result.error);
    const error = explainError(result.error, errorKind, tls !== null && tls.certificate !== null);
    return { outcome: 'failed', errorKind, error, durationMs };
  }
  const headers = flatten(result.answer.headers);
  const retryAfterMs = readRetryAfter(headers['retry-after'], clock.now());
  const { statusCode, body, truncated } = result.answer;
  return { outcome: 'answered', statusCode, headers, body, truncated, retryAfterMs, durationMs };
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}
