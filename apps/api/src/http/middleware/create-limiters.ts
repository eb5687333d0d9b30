import type { Request, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { GatewayError } from '../../domain/errors.ts';
import { createCounter, type Counter } from '../../limits/counter.ts';
import { createHitStore } from '../create-hit-store.ts';
import type { LimitName } from '../define-route.ts';
import type { GatewayRequest, Handler } from '../handler.ts';
import type { Services } from '../services.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

export interface Limiters {
  /** Runs before the credential is looked at; undefined: nothing counts here. */
  byAddress(limit: LimitName): Handler | undefined;
  /** Runs after a source was authenticated. */
  bySource: Handler;
  /** Counts the further events of a batch: they are paid by the requests that follow. */
  chargeSource(sourceId: string, events: number): void;
}

/** One limiter for each kind of limit, made once. Refusals are `rate_limited`. */
export function createLimiters(
  services: Pick<Services, 'catalog' | 'clock' | 'rateSharing' | 'settings'>,
): Limiters {
  const { clock, rateSharing: sharing } = services;
  const { rates } = services.settings;
  const sourceLimit = (sourceId: string): number =>
    eventsPerWindow(services.catalog.source(sourceId)?.body.ratePerSecond ?? rates.sourcePerSecond);
  const sourceHits = createCounter({
    name: 'source',
    clock,
    windowMs: SOURCE_WINDOW_MS,
    limitOf: sourceLimit,
    sharing,
  });

  const make = (
    name: string,
    windowMs: number,
    limit: number | ((request: GatewayRequest) => number),
    key: (request: GatewayRequest) => string,
    counter: Counter,
  ): Handler => {
    const limiter = rateLimit({
      windowMs,
      limit: typeof limit === 'number' ? limit : (request) => limit(request),
      identifier: name,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      validate: false,
      keyGenerator: (request) => key(request),
      store: createHitStore(counter),
      handler: (_request, response, next) => {
        const seconds = Number(response.getHeader('retry-after') ?? 1);
        next(rateLimited(name, seconds));
      },
    });
    // What it is given really is Express' own; the steps around it only ask for less.
    return async (request, response, next) => {
      await limiter(request as Request, response as Response, next);
    };
  };

  const byAddress = (name: string, limit: number): Handler => {
    const windowMs = MINUTE_MS;
    const counter = createCounter({ name, clock, windowMs, limitOf: () => limit, sharing });
    return make(name, windowMs, limit, addressOf, counter);
  };

  const limiters: Partial<Record<LimitName, Handler>> = {
    api: byAddress('address', rates.apiPerMinute),
    login: byAddress('sign-in', rates.loginPerMinute),
    ingest: byAddress('ingest', rates.ingestPerMinute),
  };
  return {
    byAddress: (limit) => limiters[limit],
    bySource: make(
      'source',
      SOURCE_WINDOW_MS,
      (request) => sourceLimit(sourceOf(request)),
      sourceOf,
      sourceHits,
    ),
    chargeSource: (sourceId, events) => sourceHits.charge(sourceId, events),
  };
}

const SOURCE_WINDOW_MS = SECOND_MS;

/** At least one, so that a slow source is slow and not shut out. */
function eventsPerWindow(ratePerSecond: number): number {
  return Math.max(1, Math.round((ratePerSecond * SOURCE_WINDOW_MS) / SECOND_MS));
}

function addressOf(request: GatewayRequest): string {
  return ipKeyGenerator(request.exchange.address ?? '0.0.0.0');
}

function sourceOf(request: GatewayRequest): string {
  return request.exchange.principal?.id ?? '';
}

function rateLimited(name: string, seconds: number): GatewayError {
  const unit = seconds === 1 ? 'second' : 'seconds';
  return new GatewayError(
    'rate_limited',
    `The ${name} limit is used up; try again in ${seconds} ${unit}.`,
    { retryAfterSeconds: seconds },
  );
}
