import type { IncomingMessage } from 'node:http';

/**
 * The client's address, behind trusted proxies too: each of the `trustedHops` nearest proxies is believed about who called it
 * (`X-Forwarded-For`). Null when the connection is gone.
 */
export function clientAddress(request: IncomingMessage, trustedHops: number): string | null {
  const nearest = request.socket.remoteAddress ?? null;
  const forwarded = trustedHops === 0 ? undefined : request.headers['x-forwarded-for'];
  if (forwarded === undefined) return nearest;
  const hops = String(forwarded)
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean);
  return hops.at(-Math.min(trustedHops, hops.length)) ?? nearest;
}
