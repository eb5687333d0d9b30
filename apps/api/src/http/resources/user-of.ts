import { requireRole } from '../../auth/require-role.ts';
import type { UserPrincipal } from '../../auth/principal.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Caller } from '../exchange.ts';

/** The person who asks. Throws `unauthenticated` or `forbidden` when it is none. */
export function userOf({ principal }: Pick<Caller, 'principal'>): UserPrincipal {
  if (!principal) throw new GatewayError('unauthenticated', 'Sign in first.');
  return requireRole(principal, 'viewer');
}
