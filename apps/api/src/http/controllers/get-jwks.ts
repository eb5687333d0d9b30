import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

/** Short enough that a new key is known before it signs everywhere. */
export function getJwks(services: Services): Answer {
  return {
    status: 200,
    headers: { 'cache-control': 'public, max-age=60', 'content-type': 'application/jwk-set+json' },
    body: services.signingKeys.jwks(),
  };
}
