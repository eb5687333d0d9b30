import { GatewayError } from '../../domain/errors.ts';
import { clientAddress } from '../client-address.ts';
import type { Handler } from '../handler.ts';
import type { Services } from '../services.ts';

const SANE_REQUEST_ID = /^[\w.:-]{8,128}$/;
const NO_BYTES = Buffer.alloc(0);
const NO_PARAMS = Object.freeze({});

/** Opens the exchange: takes over a sane `X-Request-Id` or makes one, and answers with it. */
export function createBeginRequest(
  services: Pick<Services, 'ids' | 'clock' | 'drain' | 'settings'>,
): Handler {
  const { trustedHops } = services.settings;
  return (request, response, next) => {
    const given = request.headers['x-request-id'];
    const requestId =
      typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : services.ids('req');
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    const path = queryAt === -1 ? url : url.slice(0, queryAt);
    request.exchange = {
      requestId,
      startedAt: services.clock.now(),
      path,
      search: queryAt === -1 ? '' : url.slice(queryAt),
      address: clientAddress(request, trustedHops),
      params: NO_PARAMS,
      principal: null,
      rawBody: NO_BYTES,
      body: undefined,
      route: 'unknown',
      bodyUnread: false,
    };
    response.setHeader('x-request-id', requestId);
    if (services.drain.active) response.setHeader('connection', 'close');
    refuseBadEncoding(path);
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
