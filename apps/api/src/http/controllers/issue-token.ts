import { TokenRequest } from '../../contract/auth.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { clientOf } from '../resources/oauth-client.ts';
import type { Services } from '../services.ts';

/**
 * OAuth 2.0 client credentials. Errors have the bodies of RFC 6749, section 5.2, since its clients read no others; faults of the
 * connection (too large, wrong media type, too many) are problems as everywhere.
 */
export function issueToken(
  services: Services,
  { body, headers }: Input<unknown, unknown, Record<string, string>>,
): Answer {
  if (body.grant_type === undefined)
    return oauthError(400, 'invalid_request', 'grant_type is missing; send client_credentials.');
  const request = TokenRequest.safeParse(body);
  if (!request.success)
    return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
  const client = clientOf(headers.authorization, request.data);
  if (!client)
    return refusedClient(headers.authorization, 'Send client_id and client_secret, or HTTP Basic.');
  try {
    const { scope } = request.data;
    const token = services.sourceTokens.issue({
      ...client,
      ...(scope === undefined ? {} : { scope }),
    });
    return {
      status: 200,
      headers: { pragma: 'no-cache' },
      body: {
        access_token: token.accessToken,
        token_type: 'Bearer',
        expires_in: token.expiresInSeconds,
        scope: token.scope,
      },
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.code === 'unauthenticated')
      return refusedClient(headers.authorization, error.message);
    if (error.code === 'invalid_request') return oauthError(400, 'invalid_scope', error.message);
    throw error;
  }
}

function refusedClient(authorization: string | undefined, description: string): Answer {
  const answer = oauthError(401, 'invalid_client', description);
  const scheme = authorization === undefined ? 'Bearer' : 'Basic';
  return { ...answer, headers: { 'www-authenticate': `${scheme} realm="signalbox"` } };
}

function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
