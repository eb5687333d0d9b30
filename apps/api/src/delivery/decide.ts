import type { Delivery, ErrorKind } from '../domain/delivery.ts';
import type { RetryPolicy } from '../domain/resources.ts';
import { backoffMs } from './backoff.ts';

/** What an attempt came to, as far as deciding needs it. */
export type DecidableOutcome =
  | { outcome: 'answered'; statusCode: number; retryAfterMs: number | null }
  | {
      outcome: 'failed';
      errorKind: ErrorKind;
      error: string;
      isFinal?: boolean;
      retryAfterMs?: number;
    }
  /** The transform's result was `undefined`: do not deliver. */
  | { outcome: 'skipped' };

export interface Decision {
  state: 'succeeded' | 'retrying' | 'dead' | 'cancelled';
  /** Milliseconds since 1970; null in final states. */
  nextAttemptAt: number | null;
  /** A stable code: `http_<status>`, an error kind, `gone`, `no_result`; null on success. */
  reason: string | null;
  reasonDetail: string | null;
  /** Nothing more goes to the target before this moment (ms since 1970). */
  laneWaitUntil?: number;
  /** The target asks never to be called again. */
  disableTarget?: boolean;
  /** A person must hear of it. */
  alert?: 'target_gone' | 'forbidden_address';
}

const TRIES_ON_REDIRECT = 3;
const LONGEST_RETRY_AFTER_MS = 60 * 60 * 1000;
const RETRIED_4XX = new Set([404, 408, 409, 425, 429]);
const OBEYS_RETRY_AFTER = new Set([429, 503]);

/**
 * What becomes of a delivery after an attempt: the tables in `docs/receiving-deliveries.md` and `docs/target-authentication.md`. Pure.
 * @param delivery as it was before the attempt
 * @param now milliseconds since 1970
 * @param random 0 (included) to 1 (excluded), spreads the waits
 */
export function decide(
  delivery: Pick<Delivery, 'attemptCount' | 'scheduleStart'>,
  outcome: DecidableOutcome,
  policy: RetryPolicy,
  now: number,
  random: () => number,
): Decision {
  const tries = delivery.attemptCount + 1 - delivery.scheduleStart;
  if (outcome.outcome === 'skipped')
    return end('cancelled', 'no_result', 'The transform gave no result for this event.');
  const retry = (failure: Failure) => retryOrEnd(failure, { tries, policy, now, random });
  if (outcome.outcome === 'failed') return decideError(outcome, now, retry);
  return decideAnswer(outcome, { tries, policy, now }, retry);
}

interface Failure {
  reason: string;
  detail: string;
  retryAfterMs?: number;
}
type Retry = (failure: Failure) => Decision;

function decideError(
  failed: Extract<DecidableOutcome, { outcome: 'failed' }>,
  now: number,
  retry: Retry,
): Decision {
  const { errorKind, error, isFinal, retryAfterMs } = failed;
  if (errorKind === 'forbidden_address')
    return { ...end('dead', errorKind, error), alert: 'forbidden_address' };
  if (errorKind === 'transform_failed' || isFinal === true) return end('dead', errorKind, error);
  const failure = { reason: errorKind, detail: error };
  return retryAfterMs === undefined
    ? retry(failure)
    : retryLater(failure, retryAfterMs, now, retry);
}

/** The lane waits as well. */
function retryLater(failure: Failure, askedMs: number, now: number, retry: Retry): Decision {
  const retryAfterMs = Math.min(askedMs, LONGEST_RETRY_AFTER_MS);
  return { ...retry({ ...failure, retryAfterMs }), laneWaitUntil: now + retryAfterMs };
}

function decideAnswer(
  answer: { statusCode: number; retryAfterMs: number | null },
  { tries, policy, now }: { tries: number; policy: RetryPolicy; now: number },
  retry: Retry,
): Decision {
  const { statusCode } = answer;
  if (statusCode >= 200 && statusCode < 300) return end('succeeded', null, null);
  const failure = { reason: `http_${statusCode}`, detail: `The target answered ${statusCode}.` };
  if (statusCode === 410)
    return {
      ...end('dead', 'gone', 'The target answered 410 and wants no more deliveries.'),
      disableTarget: true,
      alert: 'target_gone',
    };
  if (policy.finalCodes.includes(statusCode))
    return end('dead', failure.reason, `${failure.detail} The target's policy ends here.`);
  if (statusCode >= 300 && statusCode < 400)
    return tries >= TRIES_ON_REDIRECT
      ? end(
          'dead',
          failure.reason,
          `${failure.detail} Redirects are not followed; all ${tries} tries are used.`,
        )
      : retry(failure);
  if (statusCode >= 400 && statusCode < 500 && !RETRIED_4XX.has(statusCode))
    return end('dead', failure.reason, `${failure.detail} A repeat would not help.`);
  if (answer.retryAfterMs === null || !OBEYS_RETRY_AFTER.has(statusCode)) return retry(failure);
  return retryLater(failure, answer.retryAfterMs, now, retry);
}

function retryOrEnd(
  { reason, detail, retryAfterMs = 0 }: Failure,
  at: { tries: number; policy: RetryPolicy; now: number; random: () => number },
): Decision {
  const waitMs = backoffMs(at.policy.scheduleSeconds, at.tries, at.random);
  if (waitMs === null) {
    const usedUp = at.tries === 1 ? 'There is no other try.' : `All ${at.tries} tries are used.`;
    return end('dead', reason, `${detail} ${usedUp}`);
  }
  return {
    state: 'retrying',
    nextAttemptAt: at.now + Math.max(waitMs, retryAfterMs),
    reason,
    reasonDetail: detail,
  };
}

function end(
  state: 'succeeded' | 'dead' | 'cancelled',
  reason: string | null,
  reasonDetail: string | null,
): Decision {
  return { state, nextAttemptAt: null, reason, reasonDetail };
}
