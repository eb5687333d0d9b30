import type { Answer, Input } from '../exchange.ts';
import { expiredCookie, refreshTokenOf, refuseCrossSite } from '../resources/refresh-cookie.ts';
import type { Services } from '../services.ts';

/** Ends the session of the cookie; without one there is nothing to end. */
export async function logout(services: Services, { headers }: Input<unknown>): Promise<Answer> {
  refuseCrossSite(services, headers);
  const token = refreshTokenOf(headers);
  if (token !== null) await services.sessions.logout(token);
  return { status: 204, headers: { 'set-cookie': expiredCookie(services) } };
}
