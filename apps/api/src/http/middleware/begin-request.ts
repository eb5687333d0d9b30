import type { RequestHandler } from 'express';
import { GatewayError } from '../../domain/errors.ts';
import type { Services } from '../services.ts';
import './exchange.ts';

const SANE_REQUEST_ID = /^[\w.:-]{8,128}$/;
const NO_BYTES = Buffer.alloc(0);

/** Opens the exchange: takes over a sane `X-Request-Id` or makes one, and answers with it. */
export function createBeginRequest(services: Pick<Services, 'ids' | 'clock'>): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id'];
    const requestId =
      typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : services.ids('req');
    request.exchange = {
      requestId,
      startedAt: services.clock.now(),
      principal: null,
      rawBody: NO_BYTES,
      body: undefined,
      route: 'unknown',
      bodyUnread: false,
    };
    response.setHeader('x-request-id', requestId);
    refuseBadEncoding(request.path);
    next();
  };
}

// RFC 3986, section 2.1; a path that cannot be decoded names nothing.
function refuseBadEncoding(path: string): void {
  if (!path.includes('%')) return;
  try {
    decodeURIComponent(path);
  } catch {
    throw new GatewayError(
      'invalid_request',
      'The path holds an invalid percent-encoding; write a percent sign as %25 and other characters as UTF-8.',
    );
  }
}
