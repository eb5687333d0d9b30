import type { GatewayRequest, Handler } from '../handler.ts';
import type { Principal } from '../../auth/principal.ts';
import { requireRole } from '../../auth/require-role.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Route } from '../define-route.ts';
import type { Services } from '../services.ts';

/** Checks the credential and that the route's `access` covers it. */
export function createAuthenticate(
  services: Pick<Services, 'authenticate'>,
  route: Pick<Route, 'access' | 'openToLoopback'>,
): Handler {
  if (route.access === 'public') return (_request, _response, next) => next();
  return (request, _response, next) => {
    if (route.openToLoopback !== true || !isLocal(request))
      admit(request, services.authenticate(request.headers.authorization), route.access);
    next();
  };
}

function admit(request: GatewayRequest, principal: Principal, access: Route['access']): void {
  request.exchange.principal = principal;
  if (access === 'public') return;
  if (access !== 'source') requireRole(principal, access);
  else if (principal.kind !== 'source')
    throw new GatewayError(
      'forbidden',
      "Events are sent with a source's key or token, not with a user's.",
    );
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** A client on this machine that came through no proxy. */
function isLocal(request: GatewayRequest): boolean {
  const isProxied =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return (
    !isProxied &&
    request.headers.authorization === undefined &&
    LOOPBACK.has(request.socket.remoteAddress ?? '')
  );
}
