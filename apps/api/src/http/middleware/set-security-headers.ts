import type { Handler } from '../handler.ts';
import type { HttpSettings } from '../services.ts';

/** No script, no frame, no anything: for answers that are data. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Headers that every answer carries; pages loosen the policy for themselves. HSTS where clients come by TLS. */
export function createSetSecurityHeaders(settings: Pick<HttpSettings, 'publicUrl'>): Handler {
  const headers = new Map([
    ['content-security-policy', DATA_POLICY],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cache-control', 'no-store'],
  ]);
  if (settings.publicUrl.startsWith('https:'))
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}
