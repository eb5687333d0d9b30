import type { Clock } from '../domain/clock.ts';
import { waitAtMost } from '../domain/wait-at-most.ts';
import type { Claim, SettleResult, Settlement, Store } from '../store/store.ts';
import { createClaimLoop } from './claim-loop.ts';
import type { Deliver } from './deliver.ts';
import { createDeparture, type Concluded } from './departure.ts';
import type { Lane, LaneStatus } from './lane.ts';
import { createLanes } from './lanes.ts';
import { createOutbox } from './outbox.ts';
import type { DeliveryCatalog, DisableTarget, DispatcherStore, Log, RaiseAlert } from './ports.ts';
import type { DeliveringShare } from './target-limits.ts';
import { createTargetWatch } from './target-watch.ts';

export interface Dispatcher {
  /**
   * Sets room aside for one hand-off to a target. False: the delivery is to be born `pending`, and is claimed soon
   * after. Each `true` is followed by `accept` with the claim or by `release`.
   */
  reserve(targetId: string): boolean;
  /** Gives back a reservation that was not used. */
  release(targetId: string): void;
  /** Takes over reserved claims after their commit. */
  accept(claims: readonly Claim[]): void;
  /** Something changed for a target (or for any): new deliveries, resumed, paused, edited. */
  wake(targetId?: string): void;
  /** Another process may have written deliveries. */
  look(): void;
  start(): void;
  /**
   * Ends: takes nothing more, gives back what waits, finishes what is in flight. What has not ended after `deadlineMs` is given
   * back as well, and may then be delivered twice.
   */
  stop(options: { deadlineMs: number }): Promise<void>;
  lanes(): LaneStatus[];
  /** The lane of one target; undefined when there is no such target. */
  lane(targetId: string): LaneStatus | undefined;
  /** When it last looked for work, which it does each second (ms since 1970); null: it does not run here. */
  lookedAt(): number | null;
  /** Resolves when nothing waits in memory, is in flight, or is still to be written. */
  idle(): Promise<void>;
}

// What was refused a hand-off is in the store by then.
const REFUSED_WAIT_MS = 100;
const DEFAULT_MEMORY_BYTES = 64 * 1024 * 1024;
// Giving leases back after the deadline of `stop` may take so long at most.
const LAST_WRITES_MS = 1000;

/** The heart of delivery: moves claims from the store and from ingest through the lanes of their targets. */
export function createDispatcher(deps: {
  store: DispatcherStore & Pick<Store, 'rollups'>;
  catalog: DeliveryCatalog;
  deliver: Deliver;
  clock: Clock;
  log: Log;
  alert: RaiseAlert;
  disableTarget: DisableTarget;
  /** This process's part in what targets allow. */
  share: () => DeliveringShare;
  /** Payload bytes held in memory by all lanes together; default 64 MiB. */
  memoryBytes?: number;
}): Dispatcher {
  const { store, catalog, clock } = deps;
  const lanes = createLanes({
    catalog,
    clock,
    share: deps.share,
    budget: { heldBytes: 0, limitBytes: deps.memoryBytes ?? DEFAULT_MEMORY_BYTES },
  });
  const watch = createTargetWatch(deps);
  const waiters = new Set<() => void>();
  const settlements = createOutbox<{ lane: Lane; settlement: Settlement }>({
    ...deps,
    name: 'outcomes of deliveries',
    write: settle,
    onProgress: settleProgressed,
  });
  const leases = createOutbox<{ deliveryId: string; fence: number }>({
    ...deps,
    name: 'unused leases',
    write: (batch) => store.release(batch),
    onProgress: checkWaiters,
  });
  const claimLoop = createClaimLoop({
    ...deps,
    allLanes: () => lanes.all(),
    backloggedLanes: () => lanes.backlogged(),
    noteBacklog: (lane, isBacklogged) => lanes.noteBacklog(lane, isBacklogged),
    onRest: checkWaiters,
    accept(lane, claims) {
      for (const claim of claims) lane.add({ claim, isFromStore: true });
      pump(lane);
    },
  });
  const departure = createDeparture({ ...deps, conclude });
  let isStopping = false;
  let isHeldUp = false;

  function pump(lane: Lane): void {
    const now = clock.now();
    const block = isStopping ? 'stopping' : lane.blockedBy(now);
    if (block === 'deleted') departure.cancelDeleted(lane, lane.drain());
    else if (block !== null) giveBack(lane.drain());
    if (block !== null) {
      noteOpening(lane, now);
      return;
    }
    for (;;) {
      if (settlements.isFull()) {
        isHeldUp = true;
        return;
      }
      const next = lane.next(now);
      if (next === null) return;
      if ('waitMs' in next) {
        lanes.pumpLater(lane, next.waitMs, pump);
        return;
      }
      departure.depart(lane, next);
    }
  }

  function noteOpening(lane: Lane, now: number): void {
    const opensAt = lane.opensAt(now);
    if (opensAt !== null) claimLoop.noteDue(opensAt);
  }

  function giveBack(claims: readonly Claim[]): void {
    if (claims.length > 0)
      leases.push(claims.map(({ delivery, fence }) => ({ deliveryId: delivery.id, fence })));
  }

  function conclude({ lane, claim, settlement, target, delivered }: Concluded): void {
    if (settlement === null) giveBack([claim]);
    else settlements.push([{ lane, settlement }]);
    if (delivered && target) watch.observe(lane, target, claim.delivery.id, delivered);
    const nextAttemptAt = settlement?.next.nextAttemptAt ?? null;
    if (nextAttemptAt !== null) claimLoop.noteDue(nextAttemptAt);
    pump(lane);
    if (lane.wantsClaim(clock.now())) claimLoop.request();
    checkWaiters();
  }

  async function settle(batch: readonly { lane: Lane; settlement: Settlement }[]): Promise<void> {
    const results = await store.settle(batch.map(({ settlement }) => settlement));
    const became = (result: SettleResult) => batch.filter((_item, at) => results[at] === result);
    const advanced = became('next_due');
    // The next of its ordering key goes at once, without waiting for a poll.
    claimLoop.requestFor(advanced.map(({ lane }) => lane));
    const lost = became('stale');
    if (lost.length === 0) return;
    const deliveryIds = lost.map(({ settlement }) => settlement.deliveryId);
    deps.log('warn', 'leases were lost before their outcomes were written', { deliveryIds });
  }

  function settleProgressed(): void {
    if (isHeldUp && !settlements.isFull()) {
      isHeldUp = false;
      for (const lane of lanes.known()) pump(lane);
    }
    checkWaiters();
  }

  const isWritten = () => settlements.size() === 0 && leases.size() === 0;
  function isIdle(): boolean {
    return departure.count() === 0 && isWritten() && !claimLoop.isBusy() && lanes.waiting() === 0;
  }

  function checkWaiters(): void {
    if (waiters.size === 0 || !isIdle()) return;
    for (const resolve of waiters) resolve();
    waiters.clear();
  }

  function idle(): Promise<void> {
    return isIdle() ? Promise.resolve() : new Promise((resolve) => waiters.add(resolve));
  }

  return {
    reserve(targetId) {
      const lane = isStopping ? undefined : lanes.of(targetId);
      if (!lane) return false;
      const now = clock.now();
      if (lane.reserve(now)) return true;
      lanes.noteBacklog(lane, true);
      if (lane.blockedBy(now) === null) claimLoop.noteDue(now + REFUSED_WAIT_MS);
      return false;
    },
    release: (targetId) => lanes.of(targetId)?.unreserve(),
    accept(claims) {
      const touched = new Set<Lane>();
      for (const claim of claims) {
        const lane = lanes.ofAny(claim.delivery.targetId);
        lane.unreserve();
        lane.add({ claim, isFromStore: false });
        touched.add(lane);
      }
      for (const lane of touched) pump(lane);
    },
    wake(targetId) {
      const lane = targetId === undefined ? undefined : lanes.of(targetId);
      for (const one of lane ? [lane] : lanes.all()) {
        lanes.noteBacklog(one, true);
        pump(one);
      }
      claimLoop.request();
    },
    look: () => claimLoop.look(),
    start: () => claimLoop.start(),
    async stop({ deadlineMs }) {
      isStopping = true;
      for (const lane of lanes.known()) pump(lane);
      await claimLoop.stop();
      await waitAtMost(clock, deadlineMs, idle());
      giveBack(departure.abandon());
      await waitAtMost(clock, LAST_WRITES_MS, idle());
    },
    lanes: () => [...lanes.all()].map((lane) => lane.status(clock.now())),
    lane: (targetId) => lanes.of(targetId)?.status(clock.now()),
    lookedAt: () => claimLoop.lookedAt(),
    idle,
  };
}
