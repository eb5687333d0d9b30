import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { AuthCatalog } from './catalog-shape.ts';
import type { SecurityReporter } from './security-event.ts';
import { hashSecret, isSourceKey } from './source-keys.ts';
import { SOURCE_TOKEN_MS } from './token-lives.ts';

/** The one thing that a source may do. */
const SOURCE_SCOPE = 'events:write';

export interface SourceTokens {
  /**
   * OAuth 2.0 client credentials (RFC 6749, section 4.4): a source key buys a short-lived access token that dies with
   * the key. Throws `unauthenticated` for a wrong client, `invalid_request` for a scope other than `events:write`.
   */
  issue(request: { clientId: string; clientSecret: string; scope?: string }): {
    accessToken: string;
    expiresInSeconds: number;
    scope: string;
  };
}

export function createSourceTokens(deps: {
  accessTokens: Pick<AccessTokens, 'issueForSource'>;
  catalog: Pick<AuthCatalog, 'source' | 'sourceKeyByHash'>;
  clock: Clock;
  report?: SecurityReporter;
}): SourceTokens {
  const { accessTokens, catalog, clock, report } = deps;
  return {
    issue({ clientId, clientSecret, scope }) {
      const key = isSourceKey(clientSecret)
        ? catalog.sourceKeyByHash(hashSecret(clientSecret))
        : undefined;
      const expiresAt = key?.body.expiresAt ?? Infinity;
      const isActive = catalog.source(clientId)?.body.state === 'active';
      if (key?.parentId !== clientId || expiresAt <= clock.now() || !isActive) {
        report?.({ code: 'unknown_source_key', subjectId: key?.id ?? null, address: null });
        throw new GatewayError('unauthenticated', 'client_id or client_secret is wrong.');
      }
      if (scope !== undefined && scope.trim() !== '' && scope.trim() !== SOURCE_SCOPE) {
        throw new GatewayError('invalid_request', `scope may only be ${SOURCE_SCOPE}.`, {
          faults: [{ pointer: '/scope', code: 'invalid_scope', detail: `only ${SOURCE_SCOPE}` }],
        });
      }
      const lifeMs = Math.min(SOURCE_TOKEN_MS, expiresAt - clock.now());
      return {
        accessToken: accessTokens.issueForSource(clientId, key.id, lifeMs),
        expiresInSeconds: Math.floor(lifeMs / 1000),
        scope: SOURCE_SCOPE,
      };
    },
  };
}
