import type { HeldClaim } from './held-claim.ts';
import type { TargetLimits } from './target-limits.ts';

/** Payload bytes that all lanes of a process hold together. */
export interface MemoryBudget {
  heldBytes: number;
  readonly limitBytes: number;
}

/** Counts what one lane holds in memory, in flight included, and says how much more it may. */
export interface LaneLoad {
  held(): number;
  reserved(): number;
  heldBytes(): number;
  reserve(limits: TargetLimits, isBacklogged: boolean): boolean;
  unreserve(): void;
  add(held: HeldClaim): void;
  remove(held: HeldClaim): void;
  noteDuration(durationMs: number): void;
  roomForClaims(limits: TargetLimits): number;
  /** From how much room on it pays to ask the store. */
  worthwhile(limits: TargetLimits): number;
}

const LANE_LIMIT_BYTES = 4 * 1024 * 1024;
const MOST_AHEAD = 256;
/** A lane holds about so much work ahead: enough to keep its connections busy while the store answers, no more. */
const AHEAD_MS = 500;
const RATE_AHEAD_SECONDS = 10;
const SMOOTHING = 0.1;
const FIRST_GUESS_MS = 20;

export function createLaneLoad(budget: MemoryBudget): LaneLoad {
  let held = 0;
  let claimed = 0;
  let reserved = 0;
  let heldBytes = 0;
  let averageBytes = 1024;
  let averageMs = FIRST_GUESS_MS;

  function capacity({ maxConcurrency, ratePerSecond }: TargetLimits): number {
    const perSecond = (maxConcurrency * 1000) / Math.max(averageMs, 1);
    const ahead = Math.ceil((perSecond * AHEAD_MS) / 1000);
    const all = maxConcurrency + Math.max(maxConcurrency, Math.min(ahead, MOST_AHEAD));
    if (ratePerSecond === null) return all;
    return Math.min(all, Math.max(Math.ceil(ratePerSecond * RATE_AHEAD_SECONDS), 2));
  }

  // Half of the room belongs to what the store holds, half to hand-offs.
  const share = (limits: TargetLimits) => Math.ceil(capacity(limits) / 2);
  const isOverBytes = () => heldBytes >= LANE_LIMIT_BYTES || budget.heldBytes >= budget.limitBytes;

  return {
    held: () => held,
    reserved: () => reserved,
    heldBytes: () => heldBytes,
    reserve(limits, isBacklogged) {
      const all = capacity(limits);
      const limit = isBacklogged ? all - share(limits) : all;
      if (held - (isBacklogged ? claimed : 0) + reserved >= limit || isOverBytes()) return false;
      reserved += 1;
      return true;
    },
    unreserve: () => (reserved = Math.max(reserved - 1, 0)),
    add({ claim, isFromStore }) {
      const { sizeBytes } = claim.event;
      held += 1;
      if (isFromStore) claimed += 1;
      heldBytes += sizeBytes;
      budget.heldBytes += sizeBytes;
      averageBytes += (sizeBytes - averageBytes) * SMOOTHING;
    },
    remove({ claim, isFromStore }) {
      held -= 1;
      if (isFromStore) claimed -= 1;
      heldBytes -= claim.event.sizeBytes;
      budget.heldBytes -= claim.event.sizeBytes;
    },
    noteDuration: (durationMs) => (averageMs += (durationMs - averageMs) * SMOOTHING),
    roomForClaims(limits) {
      // An idle lane always may hold one, so that no lane waits for another's memory.
      const least = held + reserved === 0 ? 1 : 0;
      if (isOverBytes()) return least;
      const byCount = Math.min(share(limits) - claimed, capacity(limits) - held - reserved);
      const byBytes = Math.floor((LANE_LIMIT_BYTES - heldBytes) / Math.max(averageBytes, 1));
      return Math.max(Math.min(byCount, byBytes), least);
    },
    worthwhile: (limits) => Math.ceil(share(limits) / 2),
  };
}
