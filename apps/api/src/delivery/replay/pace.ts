/** Spreads work evenly over time. */
export interface Pace {
  /** How much one step may do, so that steps are small against a second. */
  readonly stepSize: number;
  /** Counts work that was done at `now`; answers how many milliseconds to wait before the next. */
  spend(count: number, now: number): number;
}

const STEPS_A_SECOND = 4;
const LARGEST_STEP = 200;
/** What slow steps cost is caught up with, but not what a longer standstill cost. */
const CAUGHT_UP_MS = 1000;

/** @param ratePerSecond null: no waiting */
export function createPace(ratePerSecond: number | null): Pace {
  if (ratePerSecond === null) return { stepSize: LARGEST_STEP, spend: () => 0 };
  let nextAt: number | null = null;
  return {
    stepSize: Math.min(Math.max(Math.floor(ratePerSecond / STEPS_A_SECOND), 1), LARGEST_STEP),
    spend(count, now) {
      nextAt = Math.max(nextAt ?? now, now - CAUGHT_UP_MS) + (count * 1000) / ratePerSecond;
      return Math.max(Math.ceil(nextAt - now), 0);
    },
  };
}
