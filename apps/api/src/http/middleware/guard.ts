import type { Handler } from '../handler.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Route } from '../define-route.ts';
import type { Services } from '../services.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Limiters } from './create-limiters.ts';
import { createFreshen } from './freshen.ts';

/**
 * Limits and credential check of a route, in order. Where sources call, an address is only counted when its credential was refused:
 * a source has a limit of its own.
 */
export function createGuard(
  services: Pick<Services, 'authenticate' | 'catalog'>,
  limiters: Limiters,
  route: Route,
): Handler[] {
  const authenticate = createAuthenticate(services, route);
  if (route.access === 'source')
    return [
      countRefusals(services.catalog, authenticate, limiters.byAddress('ingest')),
      limiters.bySource,
    ];
  const before = [limiters.byAddress(route.limit), createFreshen(services, route)];
  return [...before.filter((step) => step !== undefined && step !== null), authenticate];
}

function countRefusals(
  catalog: Services['catalog'],
  authenticate: Handler,
  limiter: Handler | undefined,
): Handler {
  return (request, response, next) => {
    try {
      return authenticate(request, response, next);
    } catch (error) {
      if (!limiter || !(error instanceof GatewayError) || error.code !== 'unauthenticated')
        throw error;
      return limiter(request, response, (limited?: unknown) => {
        if (limited === undefined) askAgain(error).then(next, next);
        else next(limited);
      });
    }

    /** The credential may have been made through another process, a moment ago. Resolves when it is good now, else with why not. */
    async function askAgain(refusal: GatewayError): Promise<GatewayError | undefined> {
      const known = catalog.generation();
      await catalog.refresh().catch(() => undefined);
      if (catalog.generation() === known) return refusal;
      let outcome: unknown = refusal;
      await authenticate(request, response, (error?: unknown) => (outcome = error));
      return outcome as GatewayError | undefined;
    }
  };
}
