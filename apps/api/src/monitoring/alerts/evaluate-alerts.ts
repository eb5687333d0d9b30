import type { Alert } from '../../domain/alert.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import type { AlertDesk } from './alert-desk.ts';
import { applyConditions } from './apply-conditions.ts';
import { judgeBuiltIn, type Surroundings } from './judge-built-in.ts';
import { judgeRule, type Names } from './judge-rule.ts';
import { takeReadings, type ReadingDeps } from './readings.ts';

export interface EvaluationDeps extends ReadingDeps {
  store: ReadingDeps['store'] & Pick<Store, 'loadResources' | 'openAlerts' | 'claimTurn'>;
  desk: Pick<AlertDesk, 'raise' | 'resolve'>;
  lanes: () => Surroundings['lanes'];
  target: Surroundings['target'];
  names: Names;
}

/**
 * Holds all rules and what is always watched against the figures: raises what is so and not open, resolves what is open and over.
 * What rests on the count of all rows is left as it is: that is judged when they are counted.
 */
export async function evaluateAlerts(
  deps: EvaluationDeps,
  rules: readonly Resource<'alert-rule'>[],
  open: readonly Alert[],
): Promise<void> {
  const readings = await takeReadings(deps, rules, null);
  const around = { now: readings.now, lanes: deps.lanes(), target: deps.target };
  const conditions = [
    ...rules.flatMap((rule) => judgeRule(rule, readings, deps.names)),
    ...judgeBuiltIn(around, open),
  ];
  // Their rule was paused or deleted, or no longer speaks of their target.
  for (const left of await applyConditions(deps.desk, conditions, open))
    await deps.desk.resolve(left);
}
