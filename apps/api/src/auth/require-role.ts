import { GatewayError } from '../domain/errors.ts';
import { ROLES } from '../domain/resources.ts';
import type { Role } from '../domain/resources.ts';
import type { Principal, UserPrincipal } from './principal.ts';

/**
 * Lets through a user whose role is at least `role` (viewer < operator < admin).
 * Throws `forbidden` for a lesser role and for sources, which may only send events.
 */
export function requireRole(principal: Principal, role: Role): UserPrincipal {
  if (principal.kind !== 'user') {
    throw new GatewayError('forbidden', 'A source may only send events; sign in as a user.');
  }
  if (ROLES.indexOf(principal.role) < ROLES.indexOf(role)) {
    throw new GatewayError(
      'forbidden',
      `This needs the role ${role}; yours is ${principal.role}. Ask an admin.`,
    );
  }
  return principal;
}
