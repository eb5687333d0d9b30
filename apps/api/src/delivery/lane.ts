import type { Clock } from '../domain/clock.ts';
import type { LaneBlock } from '../domain/lane-block.ts';
import type { Resource } from '../domain/resources.ts';
import type { Claim } from '../store/store.ts';
import { createBreaker, type BreakerState } from './breaker.ts';
import type { HeldClaim } from './held-claim.ts';
import { createLaneLoad, type LaneLoad, type MemoryBudget } from './lane-load.ts';
import type { AttemptHealth } from './target-health.ts';
import { shareLimits, type DeliveringShare, type TargetLimits } from './target-limits.ts';
import { createTokenBucket } from './token-bucket.ts';

/** A claim on its way out. */
export interface Departure {
  held: HeldClaim;
  leave: 'normal' | 'probe';
  /** The target's version that gave leave: of a later one the attempt says nothing. */
  targetVersion: number;
}

export interface LaneStatus {
  targetId: string;
  blockedBy: LaneBlock | null;
  breaker: BreakerState;
  /** When a waiting lane or an open breaker lets something through again, ms since 1970; null otherwise. */
  opensAt: number | null;
  inFlight: number;
  waiting: number;
  heldBytes: number;
}

/** One target's way out: what waits in memory, and what of it may leave now. */
export interface Lane {
  readonly targetId: string;
  /** More waits in the store than was claimed; set by whoever learns of it. */
  isBacklogged: boolean;
  /** Sets room aside for one hand-off; false when there is none. */
  reserve(now: number): boolean;
  unreserve(): void;
  add(held: HeldClaim): void;
  /** The next claim that may leave now; how long to wait for one; or null when nothing waits or all connections are busy. */
  next(now: number): Departure | { waitMs: number } | null;
  /** An attempt has ended, or was not made (`unknown`). */
  ended(
    departure: Departure,
    result: { health: AttemptHealth; durationMs: number },
    now: number,
  ): void;
  /** Nothing leaves before this moment, as long as the target is of this version. */
  waitUntil(at: number, targetVersion: number): void;
  /** Treats the target as disabled as long as it is of this version. */
  disable(targetVersion: number): void;
  enable(): void;
  blockedBy(now: number): LaneBlock | null;
  opensAt(now: number): number | null;
  /** How many deliveries the store may give now. */
  room(now: number): number;
  /** Whether so much room has come free that asking the store pays. */
  wantsClaim(now: number): boolean;
  /** Claims that wait in memory. */
  waiting(): number;
  /** Takes out all that waits. */
  drain(): Claim[];
  /** Nothing waits, is in flight, or is reserved. */
  isEmpty(): boolean;
  status(now: number): LaneStatus;
}

export function createLane(
  targetId: string,
  deps: {
    clock: Clock;
    budget: MemoryBudget;
    target: () => Resource<'target'> | undefined;
    share: () => DeliveringShare;
  },
): Lane {
  const handedOff: HeldClaim[] = [];
  const fromStore: HeldClaim[] = [];
  let breaker = createBreaker();
  const bucket = createTokenBucket();
  const load: LaneLoad = createLaneLoad(deps.budget);
  let waitUntil = 0;
  let disabledVersion: number | null = null;
  let knownVersion: number | null = null;
  let takesHandOff = true;

  const waiting = () => handedOff.length + fromStore.length;
  const limitsOf = ({ body }: Resource<'target'>): TargetLimits => shareLimits(body, deps.share());

  // What an earlier version was told or has failed at says nothing about a target that somebody has changed since, or resumed.
  function currentTarget(): Resource<'target'> | undefined {
    const target = deps.target();
    if (!target || target.version === knownVersion) return target;
    knownVersion = target.version;
    waitUntil = 0;
    breaker = createBreaker();
    return target;
  }

  function blockedBy(now: number): LaneBlock | null {
    const target = currentTarget();
    if (!target) return 'deleted';
    if (target.body.state !== 'active') return target.body.state;
    if (target.version === disabledVersion) return 'disabled';
    if (now < waitUntil) return 'told_to_wait';
    return breaker.allows(now) ? null : 'breaker_open';
  }

  // Old and new take turns, so that a backlog does not delay what comes in, nor the other way round.
  function take(): HeldClaim | undefined {
    takesHandOff = !takesHandOff;
    const [first, second] = takesHandOff ? [handedOff, fromStore] : [fromStore, handedOff];
    return first.shift() ?? second.shift();
  }

  function room(now: number): number {
    const target = currentTarget();
    if (!target || blockedBy(now) !== null) return 0;
    if (breaker.state() !== 'closed') return load.held() === 0 ? 1 : 0;
    return load.roomForClaims(limitsOf(target));
  }

  const lane: Lane = {
    targetId,
    isBacklogged: false,
    reserve(now) {
      const target = currentTarget();
      if (!target || blockedBy(now) !== null || breaker.state() !== 'closed') return false;
      return load.reserve(limitsOf(target), lane.isBacklogged);
    },
    unreserve: () => load.unreserve(),
    add(held) {
      load.add(held);
      (held.isFromStore ? fromStore : handedOff).push(held);
    },
    next(now) {
      const target = currentTarget();
      if (!target || waiting() === 0 || blockedBy(now) !== null) return null;
      const { maxConcurrency, ratePerSecond } = limitsOf(target);
      if (load.held() - waiting() >= maxConcurrency) return null;
      const waitMs = ratePerSecond === null ? 0 : bucket.take(ratePerSecond, now);
      if (waitMs > 0) return { waitMs };
      const leave = breaker.begin(now);
      const held = leave === null ? undefined : take();
      return leave === null || !held ? null : { held, leave, targetVersion: target.version };
    },
    ended({ held, leave, targetVersion }, { health, durationMs }, now) {
      load.remove(held);
      load.noteDuration(durationMs);
      if (currentTarget()?.version === targetVersion) breaker.end(leave, health, now);
    },
    waitUntil(at, targetVersion) {
      if (currentTarget()?.version === targetVersion) waitUntil = Math.max(waitUntil, at);
    },
    disable: (targetVersion) => (disabledVersion = targetVersion),
    enable: () => (disabledVersion = null),
    blockedBy,
    opensAt(now) {
      const block = blockedBy(now);
      if (block === 'told_to_wait') return waitUntil;
      return block === 'breaker_open' && breaker.state() === 'open' ? breaker.probeAt() : null;
    },
    room,
    waiting,
    wantsClaim(now) {
      const target = currentTarget();
      if (!lane.isBacklogged || !target) return false;
      return room(now) >= (load.held() === 0 ? 1 : load.worthwhile(limitsOf(target)));
    },
    drain() {
      const all = [...handedOff.splice(0), ...fromStore.splice(0)];
      for (const held of all) load.remove(held);
      return all.map(({ claim }) => claim);
    },
    isEmpty: () => load.held() === 0 && load.reserved() === 0,
    status: (now) => ({
      targetId,
      // First: a changed target begins with a closed breaker.
      blockedBy: blockedBy(now),
      breaker: breaker.state(),
      opensAt: lane.opensAt(now),
      inFlight: load.held() - waiting(),
      waiting: waiting(),
      heldBytes: load.heldBytes(),
    }),
  };
  return lane;
}
