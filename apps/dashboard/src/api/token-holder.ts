import type { CurrentUser, Login, LoginResult, PasswordChange } from '@signalbox/api/contract';
import { readProblem, unreachable, type ApiProblem } from './problem.ts';

export type SignInResult = { user: CurrentUser } | { problem: ApiProblem };

/** Holds the access token in memory and renews it with the refresh cookie. */
export interface TokenHolder {
  accessToken(): string | null;
  signIn(login: Login): Promise<SignInResult>;
  /** Goes on with the new session that the gateway opens; all others of the user end. */
  changePassword(change: PasswordChange): Promise<SignInResult>;
  /** Many calls at once make one request. The user, or null when the session is over; rejects with `NotRenewed` when neither is known. */
  refresh(): Promise<CurrentUser | null>;
  signOut(): Promise<void>;
}

/** What happens to the session besides what a person asked for. */
export interface SessionListener {
  /** The gateway tells who it is at each renewal, since their role may have changed. */
  onRenewed: (user: CurrentUser) => void;
  /** The gateway refused to renew. */
  onEnd: () => void;
}

/** The gateway said neither that the session goes on nor that it is over. */
export class NotRenewed extends Error {
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const REFUSALS: readonly number[] = [401, 403];

interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * `locks` keeps the tabs of one browser from spending the same rotating refresh cookie twice, which the gateway takes
 * for theft.
 */
export function createTokenHolder(
  fetchImpl: typeof fetch,
  { onRenewed, onEnd }: SessionListener,
  locks?: Locks,
): TokenHolder {
  let token: string | null = null;
  /** Counts the sessions that a person opened or left, so that the renewal of one does not come back in another. */
  let session = 0;
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
      session += 1;
      token = result.accessToken;
      return { user: result.user };
    } catch {
      return { problem: unreachable() };
    }
  }

  async function requestRefresh(): Promise<CurrentUser | null> {
    const before = session;
    const response = await post('/v1/auth/refresh').catch(() => null);
    if (response === null) throw new NotRenewed(unreachable());
    if (!response.ok && !REFUSALS.includes(response.status)) {
      throw new NotRenewed(await readProblem(response));
    }
    const result = response.ok ? ((await response.json()) as LoginResult) : null;
    if (session !== before) return null;
    token = result?.accessToken ?? null;
    if (result === null) onEnd();
    else onRenewed(result.user);
    return result?.user ?? null;
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
      session += 1;
      token = null;
      await post('/v1/auth/logout').catch(() => undefined);
    },
  };
}
