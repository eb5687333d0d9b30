import type { CurrentUser, Login, LoginResult, PasswordChange } from '@signalbox/api/contract';
import { readProblem, unreachable, type ApiProblem } from './problem.ts';

export type SignInResult = { user: CurrentUser } | { problem: ApiProblem };

/** Holds the access token in memory and renews it with the refresh cookie. */
export interface TokenHolder {
  accessToken(): string | null;
  signIn(login: Login): Promise<SignInResult>;
  /** Goes on with the new session that the gateway opens; all others of the user end. */
  changePassword(change: PasswordChange): Promise<SignInResult>;
  /** Many calls at once make one request. The user, or null when the session is over. */
  refresh(): Promise<CurrentUser | null>;
  signOut(): Promise<void>;
}

interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * `locks` keeps the tabs of one browser from spending the same rotating refresh cookie twice, which the gateway takes
 * for theft. `onSessionEnd` is called when a refresh is refused.
 */
export function createTokenHolder(
  fetchImpl: typeof fetch,
  onSessionEnd: () => void,
  locks?: Locks,
): TokenHolder {
  let token: string | null = null;
  let refreshing: Promise<CurrentUser | null> | null = null;

  const post = (path: string, body?: unknown) => {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token !== null) headers['Authorization'] = `Bearer ${token}`;
    return fetchImpl(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  /** Asks for a session and goes on with it. */
  async function open(path: string, body: unknown): Promise<SignInResult> {
    try {
      const response = await post(path, body);
      if (!response.ok) return { problem: await readProblem(response) };
      const result = (await response.json()) as LoginResult;
      token = result.accessToken;
      return { user: result.user };
    } catch {
      return { problem: unreachable() };
    }
  }

  async function requestRefresh(): Promise<CurrentUser | null> {
    const response = await post('/v1/auth/refresh');
    if (response.ok) {
      const result = (await response.json()) as LoginResult;
      token = result.accessToken;
      return result.user;
    }
    token = null;
    onSessionEnd();
    return null;
  }

  return {
    accessToken: () => token,
    signIn: (login) => open('/v1/auth/login', login),
    changePassword: (change) => open('/v1/auth/password', change),
    refresh() {
      refreshing ??= (
        locks === undefined ? requestRefresh() : locks.request('signalbox-refresh', requestRefresh)
      ).finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
    async signOut() {
      token = null;
      await post('/v1/auth/logout').catch(() => undefined);
    },
  };
}
