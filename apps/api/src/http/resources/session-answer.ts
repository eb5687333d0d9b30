import type { Session } from '../../auth/sessions.ts';
import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';
import { refreshCookie } from './refresh-cookie.ts';

/** 200 with the access token; the refresh token leaves in its cookie only. */
export function sessionAnswer(
  services: Pick<Services, 'settings' | 'clock'>,
  session: Session,
): Answer {
  const { accessToken, expiresInSeconds, user } = session;
  return {
    status: 200,
    headers: { 'set-cookie': refreshCookie(services, session) },
    body: { accessToken, expiresInSeconds, user },
  };
}
