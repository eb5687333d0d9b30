const JITTER = 0.2;

/**
 * Milliseconds to wait after the `tries`-th try (1-based) of a schedule in seconds, spread by ±20 %; null when the schedule is
 * used up.
 * @param random 0 (included) to 1 (excluded)
 */
export function backoffMs(
  scheduleSeconds: readonly number[],
  tries: number,
  random: () => number,
): number | null {
  const seconds = scheduleSeconds[tries - 1];
  if (seconds === undefined) return null;
  return Math.round(seconds * 1000 * (1 - JITTER + 2 * JITTER * random()));
}
