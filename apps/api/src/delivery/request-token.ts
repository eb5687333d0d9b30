import type { OAuth2Client } from './oauth2-client.ts';
import { readTokenAnswer } from './read-token-answer.ts';
import type { Send } from './send-types.ts';
import type { TokenOutcome } from './token-outcome.ts';

/** Asks a token endpoint for a new access token. Never rejects. */
export type RequestToken = (client: OAuth2Client, timeoutMs: number) => Promise<TokenOutcome>;

/**
 * Asks by RFC 6749, section 4.4.2, over the same client as deliveries: guarded addresses, no redirects, bounded answers. The
 * target's client certificate is for the target alone.
 */
export function createRequestToken(deps: { send: Send; userAgent: string }): RequestToken {
  return async (client, timeoutMs) => {
    const { clientId, clientSecret, scope, audience } = client;
    const isBasic = client.clientAuthentication === 'client_secret_basic';
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (scope !== null) form.set('scope', scope);
    if (audience !== null) form.set('audience', audience);
    if (!isBasic) {
      form.set('client_id', clientId);
      form.set('client_secret', clientSecret);
    }
    const answer = await deps.send({
      poolKey: `${client.targetId} token`,
      maxConnections: 2,
      method: 'POST',
      url: client.tokenUrl,
      headers: {
        'user-agent': deps.userAgent,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...(isBasic && { authorization: basicHeader(clientId, clientSecret) }),
      },
      body: Buffer.from(form.toString()),
      timeoutMs,
      tls: null,
      oauth2: null,
    });
    return readTokenAnswer(answer, clientSecret);
  };
}

/** RFC 6749, section 2.3.1: both parts are form-encoded before they are joined. */
function basicHeader(clientId: string, clientSecret: string): string {
  const pair = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function formEncode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
