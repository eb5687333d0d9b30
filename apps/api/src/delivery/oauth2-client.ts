import type { OAuth2Auth, Resource, Sealed } from '../domain/resources.ts';

/** A target's OAuth 2.0 client with its secret opened. */
export interface OAuth2Client {
  /** Tokens belong to one version of one target. */
  targetId: string;
  version: number;
  tokenUrl: URL;
  clientId: string;
  clientSecret: string;
  scope: string | null;
  audience: string | null;
  clientAuthentication: OAuth2Auth['clientAuthentication'];
}

/** The client of a target that wants access tokens; null for all others. Throws when the secret cannot be opened. */
export function openOAuth2Client(
  { id, version, body: { auth } }: Resource<'target'>,
  openSecret: (sealed: Sealed) => string,
): OAuth2Client | null {
  if (auth.type !== 'oauth2') return null;
  const { clientId, scope, audience, clientAuthentication } = auth;
  return {
    targetId: id,
    version,
    tokenUrl: new URL(auth.tokenUrl),
    clientId,
    clientSecret: openSecret(auth.clientSecret),
    scope,
    audience,
    clientAuthentication,
  };
}
