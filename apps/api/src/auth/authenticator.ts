import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { AccessTokens, SourceClaims, TokenClaims, UserClaims } from './access-tokens.ts';
import { createBoundedCache } from '../domain/bounded-cache.ts';
import type { AuthCatalog } from './catalog-shape.ts';
import type { Principal } from './principal.ts';
import type { SecurityReporter } from './security-event.ts';
import type { SigningKeys } from './signing-keys.ts';
import { hashSecret, isSourceKey } from './source-keys.ts';

/** @param authorization the request's `Authorization` header; throws `unauthenticated` */
export type Authenticate = (authorization: string | undefined) => Principal;

/** What a credential proved by itself, once and for all; whether it is still welcome is asked on every use. */
type Proof = TokenClaims | { kind: 'source-key'; hash: string };

const MAX_CREDENTIAL_LENGTH = 4096;
const BEARER = /^bearer +([^\s]+) *$/i;

/**
 * Answers who holds a bearer credential: a user's or source's access token, or a source key. The costly part (the
 * signature, the hash) is remembered for the credentials used last; expiry, revocation, disabling and changed roles
 * are looked up in the catalogue on every use, so they take effect as fast as the catalogue hears of them.
 */
export function createAuthenticator(deps: {
  accessTokens: Pick<AccessTokens, 'verify'>;
  signingKeys: Pick<SigningKeys, 'publicKey'>;
  catalog: AuthCatalog;
  clock: Clock;
  report?: SecurityReporter;
  cacheEntries?: number;
}): Authenticate {
  const { accessTokens, signingKeys, catalog, clock, report } = deps;
  const proofs = createBoundedCache<Proof>(deps.cacheEntries ?? 10_000);

  function prove(credential: string): Proof {
    if (isSourceKey(credential)) return { kind: 'source-key', hash: hashSecret(credential) };
    try {
      return accessTokens.verify(credential);
    } catch (error) {
      report?.({ code: 'invalid_token', subjectId: null, address: null });
      throw error;
    }
  }

  function admit(proof: Proof): Principal {
    if (proof.kind === 'source-key') return admitSourceKey(proof.hash);
    if (proof.expiresAt <= clock.now()) {
      throw new GatewayError('unauthenticated', 'The access token has expired; get a new one.');
    }
    if (signingKeys.publicKey(proof.kid) !== proof.publicKey) {
      throw refuse(proof.subject, 'The key that signed this access token is no longer in use.');
    }
    return proof.kind === 'user' ? admitUser(proof) : admitSourceToken(proof);
  }

  function admitUser(claims: UserClaims): Principal {
    const user = catalog.user(claims.subject);
    if (user?.body.state !== 'active') throw refuse(claims.subject, 'This account is not active.');
    const { email, name, role, tokensValidFrom } = user.body;
    if (role !== claims.role || claims.issuedAt < tokensValidFrom) {
      throw refuse(user.id, 'The account has changed since this access token was issued.');
    }
    return { kind: 'user', id: user.id, role, email, name };
  }

  function admitSourceToken(claims: SourceClaims): Principal {
    const key = catalog.sourceKey(claims.keyId);
    if (key?.parentId !== claims.subject || isExpired(key.body.expiresAt)) {
      throw refuse(
        claims.subject,
        'The source key behind this access token is revoked or expired.',
      );
    }
    return admitSource(claims.subject, key.id);
  }

  function admitSourceKey(hash: string): Principal {
    const key = catalog.sourceKeyByHash(hash);
    if (!key?.parentId) {
      report?.({ code: 'unknown_source_key', subjectId: null, address: null });
      throw new GatewayError('unauthenticated', 'This source key is unknown or revoked.');
    }
    if (isExpired(key.body.expiresAt)) throw refuse(key.id, 'This source key has expired.');
    return admitSource(key.parentId, key.id);
  }

  function admitSource(id: string, keyId: string): Principal {
    const source = catalog.source(id);
    if (source?.body.state !== 'active') throw refuse(id, 'This source is disabled.');
    return { kind: 'source', id, keyId };
  }

  function isExpired(expiresAt: number | null): boolean {
    return expiresAt !== null && expiresAt <= clock.now();
  }

  function refuse(subjectId: string, message: string): GatewayError {
    report?.({ code: 'revoked_credential_used', subjectId, address: null });
    return new GatewayError('unauthenticated', message);
  }

  return (authorization) => {
    const credential = readBearer(authorization);
    const known = proofs.get(credential);
    const proof = known ?? prove(credential);
    try {
      const principal = admit(proof);
      if (!known) proofs.set(credential, proof);
      return principal;
    } catch (error) {
      proofs.delete(credential);
      throw error;
    }
  };
}

function readBearer(authorization: string | undefined): string {
  const usable = authorization !== undefined && authorization.length <= MAX_CREDENTIAL_LENGTH;
  const credential = usable ? BEARER.exec(authorization)?.[1] : undefined;
  if (credential === undefined) {
    throw new GatewayError(
      'unauthenticated',
      'Send a credential as Authorization: Bearer <access token or source key>.',
    );
  }
  return credential;
}
