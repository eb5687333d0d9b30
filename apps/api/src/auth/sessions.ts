import { randomBytes, randomUUID } from 'node:crypto';
import { GatewayError } from '../domain/errors.ts';
import type { Resource, Role } from '../domain/resources.ts';
import { changePassword } from './change-password.ts';
import { createLockOut } from './lock-out.ts';
import { normalizeEmail } from './normalize-email.ts';
import type { SessionsDeps } from './sessions-deps.ts';
import { hashSecret } from './source-keys.ts';
import { REFRESH_GRACE_MS, REFRESH_TOKEN_MS, USER_TOKEN_MS } from './token-lives.ts';

/** A person who is signed in. The access token lives 15 minutes, the refresh token 30 days or until it is spent. */
export interface Session {
  accessToken: string;
  expiresInSeconds: number;
  user: { id: string; email: string; name: string; role: Role };
  /** For the HttpOnly cookie only. */
  refreshToken: string;
  /** Milliseconds since 1970. */
  refreshExpiresAt: number;
}

export interface Sessions {
  /** Throws `unauthenticated` (the same for unknown, disabled and wrong), `locked_out` or `overloaded`. */
  login(request: { email: string; password: string; address: string }): Promise<Session>;
  /**
   * Spends a refresh token. A repeat within ten seconds, in whatever process, is answered with the same successor. Throws
   * `unauthenticated`; a token spent longer ago revokes all that descend from its login.
   */
  refresh(refreshToken: string, address?: string): Promise<Session>;
  /** Ends the session that a refresh token belongs to; an unknown one changes nothing. */
  logout(refreshToken: string): Promise<void>;
  /**
   * Ends all sessions of the user and answers a new one. Throws `invalid_request` for a wrong current password or an unchanged
   * one, `locked_out` after too many.
   */
  changePassword(
    userId: string,
    passwords: { current: string; next: string },
    address: string,
  ): Promise<Session>;
}

type User = Resource<'user'>;

/** Sign-in by password, with rotating refresh tokens. */
export function createSessions(deps: SessionsDeps): Sessions {
  const { store, accessTokens, passwords, sealer, clock, report } = deps;
  const lockOut = createLockOut(deps);

  function sessionOf(user: User, refresh: { token: string; expiresAt: number }): Session {
    const { email, name, role } = user.body;
    return {
      accessToken: accessTokens.issueForUser(user.id, role, USER_TOKEN_MS),
      expiresInSeconds: USER_TOKEN_MS / 1000,
      user: { id: user.id, email, name, role },
      refreshToken: refresh.token,
      refreshExpiresAt: refresh.expiresAt,
    };
  }

  function newRefreshToken(): { token: string; hash: string; expiresAt: number } {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: hashSecret(token), expiresAt: clock.now() + REFRESH_TOKEN_MS };
  }

  async function startSession(user: User): Promise<Session> {
    const refresh = newRefreshToken();
    const { hash, expiresAt } = refresh;
    await store.insertRefreshToken({ hash, familyId: randomUUID(), userId: user.id, expiresAt });
    return sessionOf(user, refresh);
  }

  async function rotate(hash: string, address: string | null): Promise<Session> {
    const { token, ...rest } = newRefreshToken();
    const fresh = { ...rest, sealedToken: sealer.seal(token) };
    const spent = await store.rotateRefreshToken(hash, fresh, clock.now(), REFRESH_GRACE_MS);
    if (spent.outcome === 'reused') {
      report?.({ code: 'refresh_token_reused', subjectId: spent.userId, address });
    }
    if (spent.outcome === 'reused' || spent.outcome === 'unknown') throw signInAgain();
    const successor = spent.outcome === 'repeated' ? spent.successor : fresh;
    const user = await store.getResource('user', spent.userId);
    if (user?.body.state !== 'active') {
      await store.revokeFamilyOf(successor.hash);
      throw signInAgain();
    }
    const { expiresAt, sealedToken } = successor;
    return sessionOf(user, { token: sealer.open(sealedToken), expiresAt });
  }

  return {
    async login({ email, password, address }) {
      const name = normalizeEmail(email);
      const attempt = await lockOut.begin(name, address);
      const user = await store.findResourceByName('user', name);
      const matches = await passwords.verify(password, user?.body.passwordHash ?? null);
      if (!matches || user?.body.state !== 'active') {
        await attempt.failed();
        throw new GatewayError('unauthenticated', 'Email or password is wrong.');
      }
      await attempt.succeeded();
      return startSession(user);
    },

    refresh: (refreshToken, address) => rotate(hashSecret(refreshToken), address ?? null),

    logout: (refreshToken) => store.revokeFamilyOf(hashSecret(refreshToken)),

    async changePassword(userId, requested, address) {
      return startSession(await changePassword(deps, lockOut, userId, requested, address));
    },
  };
}

function signInAgain(): GatewayError {
  return new GatewayError('unauthenticated', 'The session has ended; sign in again.');
}
