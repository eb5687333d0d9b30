import type { TargetBody } from '../domain/resources.ts';

/** How fast a target may be sent to. */
export type TargetLimits = Pick<TargetBody, 'maxConcurrency' | 'ratePerSecond'>;

/** The place of this process among those that deliver from the same store. */
export interface DeliveringShare {
  /** How many deliver, this one included; at least 1. */
  processes: number;
  /** Where this one stands among them, from 0; the same order in all of them. */
  index: number;
}

/**
 * What one process may do of what a target allows: an equal part, so that all of them together keep to it. What cannot be divided goes to the
 * first; each may send one request at a time, so a target that allows fewer at once than there are processes gets one from each.
 */
export function shareLimits(limits: TargetLimits, share: DeliveringShare): TargetLimits {
  const { processes, index } = share;
  if (processes <= 1) return limits;
  const { maxConcurrency, ratePerSecond } = limits;
  const rest = index < maxConcurrency % processes ? 1 : 0;
  return {
    maxConcurrency: Math.max(Math.floor(maxConcurrency / processes) + rest, 1),
    ratePerSecond: ratePerSecond === null ? null : ratePerSecond / processes,
  };
}
