import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import { ROLES } from '../domain/resources.ts';
import type { Role } from '../domain/resources.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a verified access token says. */
export type TokenClaims = UserClaims | SourceClaims;

interface CommonClaims {
  /** The user or the source. */
  subject: string;
  issuedAt: number;
  expiresAt: number;
  kid: string;
  /** The key it was verified with. */
  publicKey: KeyObject;
}
export interface UserClaims extends CommonClaims {
  kind: 'user';
  role: Role;
}
export interface SourceClaims extends CommonClaims {
  kind: 'source';
  keyId: string;
}

export interface AccessTokens {
  issueForUser(userId: string, role: Role, lifeMs: number): string;
  issueForSource(sourceId: string, keyId: string, lifeMs: number): string;
  /** Throws `unauthenticated` for everything that this gateway did not sign, for this use, for now. */
  verify(token: string): TokenClaims;
}

const ALGORITHM = 'ES256';
// RFC 9068: keeps an access token apart from any other token that the same key may sign.
const TYPE = 'at+jwt';
const AUDIENCES = { user: 'signalbox:users', source: 'signalbox:sources' } as const;

/**
 * Signs and verifies access tokens: JWTs with pinned algorithm, type, issuer and audience.
 * @param issuer the same text in every process, such as the public URL
 */
export function createAccessTokens(deps: {
  signingKeys: Pick<SigningKeys, 'current' | 'publicKey'>;
  issuer: string;
  clock: Clock;
}): AccessTokens {
  const { signingKeys, issuer, clock } = deps;

  function sign(audience: string, claims: Record<string, unknown>, lifeMs: number): string {
    const { kid, privateKey } = signingKeys.current();
    const now = clock.now();
    // Fractions of a second: a token from right after a password change must not look older than the change.
    const times = { iat: now / 1000, exp: (now + lifeMs) / 1000 };
    return jwt.sign({ iss: issuer, aud: audience, ...claims, ...times }, privateKey, {
      algorithm: ALGORITHM,
      header: { alg: ALGORITHM, typ: TYPE, kid },
    });
  }

  return {
    issueForUser: (userId, role, lifeMs) => sign(AUDIENCES.user, { sub: userId, role }, lifeMs),
    issueForSource: (sourceId, keyId, lifeMs) =>
      sign(AUDIENCES.source, { sub: sourceId, key_id: keyId }, lifeMs),

    verify(token) {
      const header = readHeader(token);
      if (header?.alg !== ALGORITHM || header.typ !== TYPE || typeof header.kid !== 'string') {
        throw invalidToken();
      }
      const publicKey = signingKeys.publicKey(header.kid);
      if (!publicKey) throw invalidToken();
      const payload = verifySignature(token, publicKey, issuer, clock.now());
      return readClaims(payload, header.kid, publicKey);
    },
  };
}

function readHeader(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}

function verifySignature(
  token: string,
  publicKey: KeyObject,
  issuer: string,
  now: number,
): jwt.JwtPayload {
  try {
    const payload = jwt.verify(token, publicKey, {
      algorithms: [ALGORITHM],
      issuer,
      audience: Object.values(AUDIENCES) as [string, ...string[]],
      clockTimestamp: now / 1000,
    });
    if (typeof payload === 'string') throw invalidToken();
    return payload;
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      throw new GatewayError('unauthenticated', 'The access token has expired; get a new one.');
    }
    throw invalidToken(error);
  }
}

function readClaims(payload: jwt.JwtPayload, kid: string, publicKey: KeyObject): TokenClaims {
  const { sub, iat, exp, aud } = payload;
  if (typeof sub !== 'string' || iat === undefined || exp === undefined) throw invalidToken();
  const issuedAt = Math.round(iat * 1000);
  const common = { subject: sub, issuedAt, expiresAt: Math.round(exp * 1000), kid, publicKey };
  const role: unknown = payload['role'];
  const keyId: unknown = payload['key_id'];
  if (aud === AUDIENCES.user && isRole(role)) return { kind: 'user', role, ...common };
  if (aud === AUDIENCES.source && typeof keyId === 'string') {
    return { kind: 'source', keyId, ...common };
  }
  throw invalidToken();
}

function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

function invalidToken(cause?: unknown): GatewayError {
  return new GatewayError('unauthenticated', 'The access token is not valid here.', { cause });
}
