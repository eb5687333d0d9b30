import type { Claim } from '../store/store.ts';
import type { Delivered } from './deliver.ts';

/** The one wide log line of an attempt: everything an operator filters by. Durations in milliseconds. */
export function attemptLogFields(
  { delivery }: Claim,
  { settlement, outcome, durationMs }: Delivered,
): Record<string, unknown> {
  return {
    deliveryId: delivery.id,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    sourceId: delivery.sourceId,
    subscriptionId: delivery.subscriptionId,
    targetId: delivery.targetId,
    attempt: delivery.attemptCount + 1,
    statusCode: outcome.outcome === 'answered' ? outcome.statusCode : null,
    errorKind: outcome.outcome === 'failed' ? outcome.errorKind : null,
    durationMs,
    sinceAcceptedMs: settlement.at - delivery.createdAt,
    state: settlement.next.state,
    reason: settlement.next.reason,
    nextAttemptAt: settlement.next.nextAttemptAt,
  };
}
