export type Verdict = 'held' | 'missed' | 'undecided';

// One wrong verdict in twenty, were the true median just at the goal.
const DOUBT = 0.05;

/**
 * What the ratios of some rounds say about "the median is at most `goal`", by a sign test: as sure as the machine is quiet. A noisy one
 * needs more rounds before it may speak.
 */
export function judgeRatios(ratios: readonly number[], goal: number): Verdict {
  const above = ratios.filter((ratio) => ratio > goal).length;
  if (chanceOfAtMost(above, ratios.length) <= DOUBT) return 'held';
  return chanceOfAtMost(ratios.length - above, ratios.length) <= DOUBT ? 'missed' : 'undecided';
}

/** The chance that of so many tosses of a coin at most `count` are heads. */
function chanceOfAtMost(count: number, tosses: number): number {
  let ways = 1;
  let sum = 0;
  for (let heads = 0; heads <= count; heads += 1) {
    sum += ways;
    ways = (ways * (tosses - heads)) / (heads + 1);
  }
  return sum / 2 ** tosses;
}
