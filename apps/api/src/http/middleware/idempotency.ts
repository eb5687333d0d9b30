import { createHash } from 'node:crypto';
import { GatewayError } from '../../domain/errors.ts';
import type { StoredAnswer } from '../../store/store.ts';
import type { Route } from '../define-route.ts';
import type { Answer } from '../exchange.ts';
import type { GatewayRequest, Handler } from '../handler.ts';
import { sendAnswer } from '../send-answer.ts';
import type { Services } from '../services.ts';
import { runAndKeep } from './run-and-keep.ts';
import type { Execute } from './run-controller.ts';

const KEEP_MS = 24 * 60 * 60 * 1000;
const SANE_KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs the controller once for each `Idempotency-Key` of a caller and path: a repeat with the same body gets the same answer,
 * with another body 422, while the first still runs 409. Answers that were our own fault, or a limit's, are not kept.
 * Requests without the header pass on.
 */
export function createIdempotency(
  services: Services,
  route: Pick<Route, 'showsSecret'>,
  execute: Execute,
): Handler {
  return async (request, response, next) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined) {
      next();
      return;
    }
    const scope = scopeOf(request, key);
    const begun = await services.store.beginIdempotent(
      scope,
      fingerprintOf(request),
      services.clock.now(),
      KEEP_MS,
    );
    if (begun.outcome === 'mismatch') throw reused();
    if (begun.outcome === 'in_progress') throw inProgress();
    const answer =
      begun.outcome === 'replay'
        ? replayOf(services, route, begun.answer)
        : await runAndKeep(services, route, () => execute(request), {
            scope,
            requestId: request.exchange.requestId,
          });
    sendAnswer(request, response, answer, services.drain.active);
  };
}

function replayOf(
  { sealer }: Services,
  route: Pick<Route, 'showsSecret'>,
  stored: StoredAnswer,
): Answer {
  const text = route.showsSecret
    ? sealer.open(JSON.parse(stored.body) as Parameters<typeof sealer.open>[0])
    : stored.body;
  const headers = { ...stored.headers, 'idempotency-replayed': 'true' };
  return text === 'null'
    ? { status: stored.status, headers }
    : { status: stored.status, headers, body: text };
}

function scopeOf(request: GatewayRequest, key: string | string[]): string {
  if (typeof key !== 'string' || !SANE_KEY.test(key))
    throw new GatewayError(
      'invalid_request',
      'Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.',
      {
        faults: [
          { pointer: 'Idempotency-Key', code: 'invalid_header', detail: 'Send one such key.' },
        ],
      },
    );
  const caller = request.exchange.principal?.id ?? 'anyone';
  return `${caller} ${request.method ?? ''} ${request.exchange.path} ${key}`;
}

/** Covers what makes two requests the same: query, content type, CloudEvents headers and body. */
function fingerprintOf(request: GatewayRequest): string {
  const hash = createHash('sha256');
  const attributes = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('ce-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { search } = request.exchange;
  hash.update(JSON.stringify([search, request.headers['content-type'] ?? null, attributes]));
  return hash.update(request.exchange.rawBody).digest('hex');
}

function reused(): GatewayError {
  return new GatewayError(
    'idempotency_key_reused',
    'This Idempotency-Key was used with another body; take a new key for a new request.',
  );
}

function inProgress(): GatewayError {
  return new GatewayError(
    'idempotency_key_in_progress',
    'The first request with this Idempotency-Key is still running; try again in a second.',
    { retryAfterSeconds: 1 },
  );
}
