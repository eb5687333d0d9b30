import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../../domain/errors.ts';
import type { Services } from '../services.ts';

const NAME = 'signalbox_refresh';
const PATH = '/v1/auth';

/** The `Set-Cookie` of a session's refresh token: out of reach of scripts and of other sites. */
export function refreshCookie(
  services: Pick<Services, 'settings' | 'clock'>,
  session: { refreshToken: string; refreshExpiresAt: number },
): string {
  const seconds = Math.floor((session.refreshExpiresAt - services.clock.now()) / 1000);
  return cookie(services, session.refreshToken, seconds);
}

/** The `Set-Cookie` that takes it away. */
export function expiredCookie(services: Pick<Services, 'settings'>): string {
  return cookie(services, '', 0);
}

function cookie({ settings }: Pick<Services, 'settings'>, value: string, maxAge: number): string {
  const secure = settings.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${value}; Max-Age=${maxAge}; Path=${PATH}; HttpOnly; SameSite=Strict${secure}`;
}

/** The refresh token of a request; null without one. */
export function refreshTokenOf(headers: IncomingHttpHeaders): string | null {
  for (const part of headers.cookie?.split(';') ?? []) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name === NAME && value !== '') return value;
  }
  return null;
}

/**
 * Refuses a browser that acts for another site: `Sec-Fetch-Site` where it is sent, else `Origin` against the public URL and the
 * host that was asked. Throws `forbidden`.
 */
export function refuseCrossSite(
  { settings }: Pick<Services, 'settings'>,
  headers: IncomingHttpHeaders,
): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
  const { origin, host } = headers;
  if (origin === undefined || origin === new URL(settings.publicUrl).origin) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw crossSite();
}

function crossSite(): GatewayError {
  return new GatewayError('forbidden', 'Sessions can only be used from the pages of this gateway.');
}
