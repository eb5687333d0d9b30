import type { Handler } from '../handler.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Route } from '../define-route.ts';
import type { Services } from '../services.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Limiters } from './create-limiters.ts';

/**
 * Limits and credential check of a route, in order. Where sources call, an address is only counted when its credential was refused:
 * a source has a limit of its own.
 */
export function createGuard(
  services: Pick<Services, 'authenticate'>,
  limiters: Limiters,
  route: Route,
): Handler[] {
  const authenticate = createAuthenticate(services, route);
  if (route.access === 'source')
    return [countRefusals(authenticate, limiters.byAddress('ingest')), limiters.bySource];
  const byAddress = limiters.byAddress(route.limit);
  return byAddress ? [byAddress, authenticate] : [authenticate];
}

function countRefusals(authenticate: Handler, limiter: Handler | undefined): Handler {
  return (request, response, next) => {
    try {
      return authenticate(request, response, next);
    } catch (error) {
      if (!limiter || !(error instanceof GatewayError) || error.code !== 'unauthenticated')
        throw error;
      return limiter(request, response, (limited?: unknown) => next(limited ?? error));
    }
  };
}
