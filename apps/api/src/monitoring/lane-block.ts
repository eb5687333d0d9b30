import type { LaneBlock } from '../domain/lane-block.ts';
import type { LaneView } from './lane-view.ts';

type Held = Pick<LaneView, 'blockedBy' | 'opensAt'>;

/** Why nothing is sent to a target although it is active; `opensAt` in ms since 1970, null where it is not known. */
export interface TargetBlock {
  blockedBy: Exclude<LaneBlock, 'deleted' | 'paused'> | null;
  opensAt: number | null;
}

// What ends by itself, and so is not to be seen in the target's record.
const GRAVITY: Readonly<Partial<Record<LaneBlock, number>>> = { breaker_open: 1, told_to_wait: 2 };
const gravityOf = ({ blockedBy }: Readonly<Held>): number =>
  blockedBy ? (GRAVITY[blockedBy] ?? 0) : 0;

/** What holds a lane back for a time; empty when nothing does. */
export function heldBack(lane: Readonly<Held>): Held {
  const { blockedBy = null, opensAt = null } = lane;
  return gravityOf(lane) > 0 ? { blockedBy, opensAt } : {};
}

/** Of what holds back the lanes of two processes the one that stands out: a wait before a breaker, then the longer. */
export function graverBlock(one: Readonly<Held>, two: Readonly<Held>): Held {
  const difference = gravityOf(two) - gravityOf(one) || (two.opensAt ?? 0) - (one.opensAt ?? 0);
  return heldBack(difference > 0 ? two : one);
}

/** What holds a lane of an active target back at this moment: what a process said of it a moment ago may be over. */
export function laneBlockAt(lane: Readonly<Held>, now: number): TargetBlock {
  const { blockedBy = null, opensAt = null } = lane;
  const isOver = opensAt !== null && opensAt <= now;
  if (isOver || blockedBy === 'deleted' || blockedBy === 'paused')
    return { blockedBy: null, opensAt: null };
  return { blockedBy, opensAt };
}
