import type { Route } from '../define-route.ts';
import type { Handler } from '../handler.ts';
import type { Services } from '../services.ts';

/** Whether a route answers from the configuration, and to people: they must find what they have just saved, through whichever process. */
function showsConfiguration({ access, limit, tag }: Pick<Route, 'access' | 'limit' | 'tag'>) {
  return access !== 'source' && limit !== 'none' && limit !== 'ingest' && tag !== 'Operation';
}

/**
 * Makes the configuration as new as the store, at the price of one small read, so that a change made through another process holds
 * here at once. Null where a route does not need it: events are taken by what this process knows, at most a second old.
 */
export function createFreshen(services: Pick<Services, 'catalog'>, route: Route): Handler | null {
  if (!showsConfiguration(route)) return null;
  return async (_request, _response, next) => {
    // A store that cannot be asked is the controller's to report; credentials are judged by what was known last.
    await services.catalog.refresh().catch(() => undefined);
    next();
  };
}
