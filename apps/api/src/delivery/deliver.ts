import type { Clock } from '../domain/clock.ts';
import type { Attempt, AttemptRequest, Delivery, ErrorKind } from '../domain/delivery.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Resource } from '../domain/resources.ts';
import type { Claim, Settlement } from '../store/store.ts';
import { decide, type DecidableOutcome, type Decision } from './decide.ts';
import type { PrepareRequest } from './prepare-request.ts';
import { maskHeaders } from './request-headers.ts';
import type { Send, SendOutcome } from './send-types.ts';

/** What one attempt came to: what to write, and what the lane must know. */
export interface Delivered {
  settlement: Settlement;
  outcome: DecidableOutcome;
  decision: Decision;
  /** Of the request alone; 0 when none was made. */
  durationMs: number;
}

/** Makes one attempt of a delivery. Never rejects. */
export type Deliver = (
  claim: Claim,
  target: Resource<'target'>,
  /** Null: straight to the target. */
  subscription: Resource<'subscription'> | null,
) => Promise<Delivered>;

/** Puts an attempt together: prepare, send, decide. */
export function createDeliver(deps: {
  prepare: PrepareRequest;
  send: Send;
  clock: Clock;
  ids: IdFactory;
  /** 0 (included) to 1 (excluded): spreads retries. */
  random: () => number;
}): Deliver {
  return async (claim, target, subscription) => {
    const { delivery } = claim;
    const startedAt = deps.clock.now();
    const prepared = await deps.prepare(delivery, claim.event, target, subscription, startedAt);
    let outcome: SendOutcome | Exclude<DecidableOutcome, { outcome: 'answered' }>;
    let request: AttemptRequest | null = null;
    if (prepared.outcome === 'ready') {
      request = prepared.record;
      outcome = await deps.send(prepared.send);
    } else {
      outcome = prepared;
    }
    const at = deps.clock.now();
    const decision = decide(delivery, outcome, target.body.retry, at, deps.random);
    const attempt =
      outcome.outcome === 'skipped'
        ? null
        : toAttempt(deps.ids('att'), delivery, startedAt, request, outcome);
    const { state, nextAttemptAt, reason, reasonDetail } = decision;
    const next = { state, nextAttemptAt, reason, reasonDetail };
    const settlement = { deliveryId: delivery.id, fence: claim.fence, attempt, next, at };
    return { settlement, outcome, decision, durationMs: attempt?.durationMs ?? 0 };
  };
}

function toAttempt(
  id: string,
  delivery: Delivery,
  startedAt: number,
  request: AttemptRequest | null,
  outcome: SendOutcome | { outcome: 'failed'; errorKind: ErrorKind; error: string },
): Attempt {
  const isAnswer = outcome.outcome === 'answered';
  return {
    id,
    deliveryId: delivery.id,
    number: delivery.attemptCount + 1,
    startedAt,
    durationMs: 'durationMs' in outcome ? Math.round(outcome.durationMs * 1000) / 1000 : 0,
    statusCode: isAnswer ? outcome.statusCode : null,
    errorKind: isAnswer ? null : outcome.errorKind,
    error: isAnswer ? null : outcome.error,
    request,
    response: isAnswer
      ? { headers: maskHeaders(outcome.headers), body: outcome.body, truncated: outcome.truncated }
      : null,
  };
}
