import type { Clock } from '../domain/clock.ts';
import { SUBSCRIPTION_DELETED, TARGET_DELETED } from '../domain/delivery.ts';
import type { Resource } from '../domain/resources.ts';
import type { Claim, Settlement } from '../store/store.ts';
import type { Deliver, Delivered } from './deliver.ts';
import type { Departure, Lane } from './lane.ts';
import { attemptLogFields } from './attempt-log-fields.ts';
import type { DeliveryCatalog, DispatcherStore, Log } from './ports.ts';
import { healthOf } from './target-health.ts';

/** A claim that has left the lanes: written with its settlement, or given back where that is null. */
export interface Concluded {
  lane: Lane;
  claim: Claim;
  settlement: Settlement | null;
  target: Resource<'target'> | undefined;
  /** Null when no attempt was made. */
  delivered: Delivered | null;
}

export interface DepartureDesk {
  depart(lane: Lane, departure: Departure): void;
  /** Cancels claims of a target that the catalogue does not know, once the store confirms that it is gone. */
  cancelDeleted(lane: Lane, claims: readonly Claim[]): void;
  /** Claims under way. */
  count(): number;
  /** Answers the claims under way and forgets them: their results no longer count. */
  abandon(): Claim[];
}

// A paused subscription is looked at again so much later; the store cannot leave its deliveries out of a claim.
const PAUSED_WAIT_MS = 30_000;

/** Takes one claim from its lane to its conclusion, minding all that may have changed since it was made. */
export function createDeparture(deps: {
  store: Pick<DispatcherStore, 'getResource'>;
  catalog: DeliveryCatalog;
  deliver: Deliver;
  clock: Clock;
  log: Log;
  conclude: (concluded: Concluded) => void;
}): DepartureDesk {
  const underWay = new Set<Claim>();

  // Another process may have made it a moment ago: only the store knows that it is gone.
  async function subscriptionOf(subscriptionId: string): Promise<Resource<'subscription'> | null> {
    return (
      deps.catalog.subscription(subscriptionId) ??
      (await deps.store.getResource('subscription', subscriptionId))
    );
  }

  async function attempt(
    claim: Claim,
    target: Resource<'target'>,
  ): Promise<Pick<Concluded, 'settlement' | 'delivered'>> {
    const now = deps.clock.now();
    const { subscriptionId } = claim.delivery;
    const subscription = subscriptionId === null ? null : await subscriptionOf(subscriptionId);
    if (subscriptionId !== null && !subscription)
      return { delivered: null, settlement: cancelled(claim, SUBSCRIPTION_DELETED, now) };
    if (subscription?.body.state === 'paused')
      return { delivered: null, settlement: postponed(claim, now) };
    const delivered = await deps.deliver(claim, target, subscription);
    deps.log('info', 'attempt', attemptLogFields(claim, delivered));
    return { delivered, settlement: delivered.settlement };
  }

  async function leave(lane: Lane, departure: Departure): Promise<void> {
    const { claim } = departure.held;
    const target = deps.catalog.target(lane.targetId);
    let result: Pick<Concluded, 'settlement' | 'delivered'> = { settlement: null, delivered: null };
    try {
      if (target) result = await attempt(claim, target);
    } catch (error) {
      deps.log('error', 'an attempt could not be made', { deliveryId: claim.delivery.id, error });
    }
    const { delivered } = result;
    const health = delivered ? healthOf(delivered.outcome) : 'unknown';
    lane.ended(departure, { health, durationMs: delivered?.durationMs ?? 0 }, deps.clock.now());
    conclude({ lane, claim, target, ...result });
  }

  async function cancelDeleted(lane: Lane, claims: readonly Claim[]): Promise<void> {
    let isGone = false;
    try {
      isGone = (await deps.store.getResource('target', lane.targetId)) === null;
    } catch (error) {
      deps.log('warn', 'a target could not be looked up', { targetId: lane.targetId, error });
    }
    for (const claim of claims) {
      const settlement = isGone ? cancelled(claim, TARGET_DELETED, deps.clock.now()) : null;
      conclude({ lane, claim, target: undefined, settlement, delivered: null });
    }
  }

  // What was abandoned meanwhile is given back already.
  function conclude(concluded: Concluded): void {
    if (underWay.delete(concluded.claim)) deps.conclude(concluded);
  }

  return {
    depart(lane, departure) {
      underWay.add(departure.held.claim);
      void leave(lane, departure);
    },
    cancelDeleted(lane, claims) {
      if (claims.length === 0) return;
      for (const claim of claims) underWay.add(claim);
      void cancelDeleted(lane, claims);
    },
    count: () => underWay.size,
    abandon() {
      const claims = [...underWay];
      underWay.clear();
      return claims;
    },
  };
}

function cancelled(
  claim: Claim,
  { code, detail }: { code: string; detail: string },
  at: number,
): Settlement {
  const next = {
    state: 'cancelled',
    nextAttemptAt: null,
    reason: code,
    reasonDetail: detail,
  } as const;
  return { deliveryId: claim.delivery.id, fence: claim.fence, attempt: null, next, at };
}

function postponed(claim: Claim, at: number): Settlement {
  const next = {
    state: 'retrying',
    nextAttemptAt: at + PAUSED_WAIT_MS,
    reason: 'subscription_paused',
    reasonDetail: 'The subscription is paused.',
  } as const;
  return { deliveryId: claim.delivery.id, fence: claim.fence, attempt: null, next, at };
}
