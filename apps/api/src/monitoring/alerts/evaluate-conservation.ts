import type { Store } from '../../store/store.ts';
import { checkConservation, differenceOf } from '../check-conservation.ts';
import type { AlertDesk } from './alert-desk.ts';
import { applyConditions } from './apply-conditions.ts';
import { builtInAlert } from './built-in-alert.ts';
import type { Condition } from './condition.ts';
import { judgeRule, type Names } from './judge-rule.ts';
import { takeReadings, type ReadingDeps } from './readings.ts';

export interface ConservationDeps extends ReadingDeps {
  store: ReadingDeps['store'] & Pick<Store, 'conservation' | 'loadResources' | 'openAlerts'>;
  desk: Pick<AlertDesk, 'raise' | 'resolve'>;
  names: Names;
}

/**
 * Counts all rows, which may take minutes, and raises or resolves what rests on that count, by the rules as they are then. No other alert is touched.
 * Once `signal` is aborted nothing is judged any more.
 */
export async function evaluateConservation(
  deps: ConservationDeps,
  signal: AbortSignal,
): Promise<void> {
  const difference = differenceOf(await checkConservation(deps.store));
  if (signal.aborted) return;
  const rules = (await deps.store.loadResources('alert-rule')).filter(
    ({ body }) => body.state === 'active' && body.measure === 'conservationDifference',
  );
  const readings = await takeReadings(deps, rules, difference);
  const conditions = [
    conservationCondition(difference),
    ...rules.flatMap((rule) => judgeRule(rule, readings, deps.names)),
  ];
  await applyConditions(deps.desk, conditions, await deps.store.openAlerts());
}

function conservationCondition(difference: number): Condition {
  const detail = `${difference} events or deliveries are counted on one side only; see GET /v1/metrics/conservation.`;
  const alert = { ...builtInAlert('conservation_difference', detail), value: difference };
  return { state: difference === 0 ? 'ended' : 'met', alert };
}
