import type { LaneBlock } from '../domain/lane-block.ts';

/** What the figures need of a lane of the dispatchers. */
export interface LaneView {
  targetId: string;
  breaker: 'closed' | 'open' | 'half-open';
  inFlight: number;
  /** Why nothing may leave; null, or absent as in heartbeats that do not say so: something may. */
  blockedBy?: LaneBlock | null;
  /** When a lane that waits, or whose breaker is open, lets something through again, ms since 1970. */
  opensAt?: number | null;
}
