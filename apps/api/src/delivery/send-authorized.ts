import type { Clock } from '../domain/clock.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { OAuth2Client } from './oauth2-client.ts';
import type { Send, SendOutcome, SendRequest } from './send-types.ts';
import { tokenFailure, type TokenOutcome } from './token-outcome.ts';

/**
 * Sends with the access token that a request's client gets. A 401 is taken as a token that ran out: the request is sent once
 * more with a new one, and that answer counts. Getting tokens is part of the request's time.
 */
export function createSendAuthorized(deps: {
  send: Send;
  tokens: AccessTokens;
  clock: Clock;
}): Send {
  async function sendWithToken(request: SendRequest, oauth2: OAuth2Client): Promise<SendOutcome> {
    const startedAt = performance.now();
    const since = (): number => performance.now() - startedAt;

    async function attempt(refused: string | null): Promise<Attempted> {
      const outcome = await tokenWithin(oauth2, refused, request.timeoutMs - since());
      if (outcome.outcome === 'failed')
        return { outcome: toFailure(outcome, since()), token: null };
      const { token } = outcome;
      return { outcome: await deps.send(withToken(request, token, since())), token };
    }

    const first = await attempt(null);
    const isRefused = first.outcome.outcome === 'answered' && first.outcome.statusCode === 401;
    const { outcome } = isRefused ? await attempt(first.token) : first;
    const isLate = outcome.outcome === 'failed' && outcome.errorKind === 'timeout';
    const error = `No complete answer within ${request.timeoutMs} ms, getting an access token included.`;
    return { ...outcome, ...(isLate && { error }), durationMs: since() };
  }

  // Whoever waits for a token that another delivery asked for has a time limit of its own.
  function tokenWithin(
    client: OAuth2Client,
    refused: string | null,
    timeoutMs: number,
  ): Promise<TokenOutcome> {
    return new Promise((resolve) => {
      const stopTimer = deps.clock.after(timeoutMs, () => {
        resolve(tokenFailure('The token endpoint gave no answer in time.'));
      });
      void deps.tokens.get(client, refused, timeoutMs).then((outcome) => {
        stopTimer();
        resolve(outcome);
      });
    });
  }

  return (request) =>
    request.oauth2 === null ? deps.send(request) : sendWithToken(request, request.oauth2);
}

interface Attempted {
  outcome: SendOutcome;
  /** Null when none could be had. */
  token: string | null;
}

function withToken(request: SendRequest, token: string, spentMs: number): SendRequest {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  return { ...request, headers, timeoutMs: Math.max(1, Math.ceil(request.timeoutMs - spentMs)) };
}

function toFailure(
  { errorKind, error, isFinal, retryAfterMs }: Extract<TokenOutcome, { outcome: 'failed' }>,
  durationMs: number,
): SendOutcome {
  const outcome = 'failed';
  return {
    outcome,
    errorKind,
    error,
    isFinal,
    ...(retryAfterMs !== null && { retryAfterMs }),
    durationMs,
  };
}
