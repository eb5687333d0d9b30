import { createBoundedCache } from '../domain/bounded-cache.ts';
import type { Clock } from '../domain/clock.ts';
import type { OAuth2Client } from './oauth2-client.ts';
import type { RequestToken } from './request-token.ts';
import { tokenFailure, type TokenOutcome } from './token-outcome.ts';

/** The access tokens of targets, in memory only. */
export interface AccessTokens {
  /**
   * A token that is good for a while yet. Never rejects.
   * @param refused the token that the target has just refused: any other one, or a new one, is given
   * @param timeoutMs how long a new one may take
   */
  get(client: OAuth2Client, refused: string | null, timeoutMs: number): Promise<TokenOutcome>;
}

const MOST_TARGETS = 4096;
const LONGEST_REQUEST_MS = 10_000;
/** For endpoints that do not say how long a token lives. */
const ASSUMED_LIFE_MS = 5 * 60_000;
const LONGEST_KEPT_MS = 24 * 60 * 60_000;
/** A token is given up this long before it expires, or a tenth of its life where that is less. */
const MARGIN_MS = 60_000;

interface Held {
  version: number;
  token: string | null;
  /** Milliseconds since 1970. */
  staleAt: number;
  request: Promise<TokenOutcome> | null;
}

/** Keeps the tokens of each target until shortly before they expire or the target changes; one request at a time for each. */
export function createAccessTokens(deps: {
  requestToken: RequestToken;
  clock: Clock;
}): AccessTokens {
  const targets = createBoundedCache<Held>(MOST_TARGETS);

  function heldFor({ targetId, version }: OAuth2Client): Held {
    let held = targets.get(targetId);
    if (held?.version !== version) {
      held = { version, token: null, staleAt: 0, request: null };
      targets.set(targetId, held);
    }
    return held;
  }

  async function renew(held: Held, client: OAuth2Client, timeoutMs: number): Promise<TokenOutcome> {
    const askedAt = deps.clock.now();
    const within = Math.min(timeoutMs, LONGEST_REQUEST_MS);
    const outcome = await deps
      .requestToken(client, within)
      .catch((error: unknown) =>
        tokenFailure(`The token could not be asked for. ${String(error)}`),
      );
    held.request = null;
    if (outcome.outcome === 'token') {
      held.token = outcome.token;
      held.staleAt = askedAt + keptFor(outcome.lifeMs);
    }
    return outcome;
  }

  return {
    get(client, refused, timeoutMs) {
      const held = heldFor(client);
      if (held.token === refused || deps.clock.now() >= held.staleAt) held.token = null;
      if (held.token !== null)
        return Promise.resolve({ outcome: 'token', token: held.token, lifeMs: null });
      held.request ??= renew(held, client, timeoutMs);
      return held.request;
    },
  };
}

function keptFor(lifeMs: number | null): number {
  const life = Math.min(lifeMs ?? ASSUMED_LIFE_MS, LONGEST_KEPT_MS);
  return life - Math.min(MARGIN_MS, life / 10);
}
