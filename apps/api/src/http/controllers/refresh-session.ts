import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { refreshTokenOf, refuseCrossSite } from '../resources/refresh-cookie.ts';
import { sessionAnswer } from '../resources/session-answer.ts';
import type { Services } from '../services.ts';

export async function refreshSession(
  services: Services,
  { headers, address }: Input<unknown>,
): Promise<Answer> {
  refuseCrossSite(services, headers);
  const token = refreshTokenOf(headers);
  if (token === null)
    throw new GatewayError('unauthenticated', 'There is no session to go on with; sign in.');
  return sessionAnswer(services, await services.sessions.refresh(token, address ?? undefined));
}
