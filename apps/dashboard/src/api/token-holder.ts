import type { CurrentUser, Login, LoginResult } from '@signalbox/api/contract';
import { readProblem, unreachable, type ApiProblem } from './problem.ts';

export type SignInResult = { user: CurrentUser } | { problem: ApiProblem };

/** Holds the access token in memory and renews it with the refresh cookie. */
export interface TokenHolder {
  accessToken(): string | null;
  signIn(login: Login): Promise<SignInResult>;
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

  const post = (path: string, body?: unknown) =>
    fetchImpl(path, {
      method: 'POST',
      credentials: 'same-origin',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });

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
    async signIn(login) {
      try {
        const response = await post('/v1/auth/login', login);
        if (!response.ok) return { problem: await readProblem(response) };
        const result = (await response.json()) as LoginResult;
        token = result.accessToken;
        return { user: result.user };
      } catch {
        return { problem: unreachable() };
      }
    },
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
