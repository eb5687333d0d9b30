import type { Clock } from '../domain/clock.ts';
import { createLane, type Lane } from './lane.ts';
import type { MemoryBudget } from './lane-load.ts';
import type { DeliveryCatalog } from './ports.ts';
import type { DeliveringShare } from './target-limits.ts';

/** The lanes of this process, made when first needed. */
export interface Lanes {
  /** The lane of a target that exists. */
  of(targetId: string): Lane | undefined;
  /** As `of`, also for a target that is gone meanwhile. */
  ofAny(targetId: string): Lane;
  /** The lanes of all targets; forgets empty ones of targets that are gone. */
  all(): Iterable<Lane>;
  /** Those that were needed so far. */
  known(): Iterable<Lane>;
  backlogged(): Iterable<Lane>;
  noteBacklog(lane: Lane, isBacklogged: boolean): void;
  /** Calls `pump` after a wait, once however often it is asked for. */
  pumpLater(lane: Lane, waitMs: number, pump: (lane: Lane) => void): void;
  /** Claims that wait in memory, over all lanes. */
  waiting(): number;
}

export function createLanes(deps: {
  catalog: DeliveryCatalog;
  clock: Clock;
  budget: MemoryBudget;
  share: () => DeliveringShare;
}): Lanes {
  const lanes = new Map<string, Lane>();
  const backlogged = new Set<Lane>();
  const timed = new Set<Lane>();

  function ofAny(targetId: string): Lane {
    let lane = lanes.get(targetId);
    if (!lane) {
      const target = () => deps.catalog.target(targetId);
      lane = createLane(targetId, { ...deps, target });
      lanes.set(targetId, lane);
    }
    return lane;
  }

  function noteBacklog(lane: Lane, isBacklogged: boolean): void {
    lane.isBacklogged = isBacklogged;
    if (isBacklogged) backlogged.add(lane);
    else backlogged.delete(lane);
  }

  return {
    of: (targetId) => (deps.catalog.target(targetId) ? ofAny(targetId) : undefined),
    ofAny,
    all() {
      for (const { id } of deps.catalog.targets()) ofAny(id);
      for (const [targetId, lane] of lanes) {
        if (deps.catalog.target(targetId) || !lane.isEmpty()) continue;
        lanes.delete(targetId);
        noteBacklog(lane, false);
      }
      return lanes.values();
    },
    known: () => lanes.values(),
    backlogged: () => backlogged,
    noteBacklog,
    pumpLater(lane, waitMs, pump) {
      if (timed.has(lane)) return;
      timed.add(lane);
      deps.clock.after(waitMs, () => {
        timed.delete(lane);
        pump(lane);
      });
    },
    waiting() {
      let count = 0;
      for (const lane of lanes.values()) count += lane.waiting();
      return count;
    },
  };
}
