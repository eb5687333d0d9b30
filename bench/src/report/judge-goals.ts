import { median } from '../load/percentile.ts';
import type { Round } from '../run-rounds.ts';
import { GOALS, type Goal } from './goals.ts';

export interface Verdict {
  goal: Goal;
  /** Median over the rounds; null when one of the two did not run. */
  value: number | null;
  isHeld: boolean;
}

/** Compares round by round and judges the median, so that a slow round is compared with itself. */
export function judgeGoals(rounds: readonly Round[]): Verdict[] {
  return GOALS.map((goal) => {
    const values = rounds
      .map((round) => compare(goal, round))
      .filter((value): value is number => value !== null);
    const value = values.length === 0 ? null : median(values);
    const isHeld =
      value !== null && (goal.bound === 'at least' ? value >= goal.limit : value <= goal.limit);
    return { goal, value, isHeld };
  });
}

function compare({ of, figure, against, comparison }: Goal, round: Round): number | null {
  const own = round[of]?.[figure];
  if (typeof own !== 'number') return null;
  if (against === null || comparison === 'value') return own;
  const other = round[against]?.[figure];
  if (typeof other !== 'number') return null;
  return comparison === 'ratio' ? own / other : own - other;
}
