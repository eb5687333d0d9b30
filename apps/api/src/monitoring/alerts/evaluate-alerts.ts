import type { Alert } from '../../domain/alert.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import { checkConservation, differenceOf } from '../check-conservation.ts';
import type { AlertDesk } from './alert-desk.ts';
import { judgeBuiltIn, type Surroundings } from './judge-built-in.ts';
import { judgeRule, type Names } from './judge-rule.ts';
import { takeReadings, type ReadingDeps } from './readings.ts';

export interface EvaluationDeps extends ReadingDeps {
  store: ReadingDeps['store'] &
    Pick<Store, 'loadResources' | 'openAlerts' | 'conservation' | 'claimTurn'>;
  desk: Pick<AlertDesk, 'raise' | 'resolve'>;
  lanes: () => Surroundings['lanes'];
  target: Surroundings['target'];
  names: Names;
}

/** Counting all rows is dear. */
const CONSERVATION_EVERY_MS = 5 * 60_000;

/**
 * Holds all rules and what is always watched against the figures: raises what is so and not open, resolves what is open and over.
 * Rows are counted last, so that all else is judged whether that takes long or fails.
 */
export async function evaluateAlerts(
  deps: EvaluationDeps,
  rules: readonly Resource<'alert-rule'>[],
  open: readonly Alert[],
): Promise<void> {
  await judge(deps, rules, open, null);
  const difference = await readConservation(deps);
  if (difference !== null) await judge(deps, rules, await deps.store.openAlerts(), difference);
}

async function judge(
  deps: EvaluationDeps,
  rules: readonly Resource<'alert-rule'>[],
  open: readonly Alert[],
  conservationDifference: number | null,
): Promise<void> {
  const readings = await takeReadings(deps, rules, conservationDifference);
  const around = {
    now: readings.now,
    lanes: deps.lanes(),
    target: deps.target,
    conservationDifference,
  };
  const conditions = [
    ...rules.flatMap((rule) => judgeRule(rule, readings, deps.names)),
    ...judgeBuiltIn(around, open),
  ];
  const byKey = new Map(open.map((alert) => [alert.key, alert]));
  for (const { state, alert } of conditions) {
    const found = byKey.get(alert.key);
    byKey.delete(alert.key);
    if (state === 'met' && !found) await deps.desk.raise(alert);
    if (state === 'ended' && found) await deps.desk.resolve(found);
  }
  // Their rule was paused or deleted, or no longer speaks of their target.
  for (const left of byKey.values()) await deps.desk.resolve(left);
}

async function readConservation({ store, clock }: EvaluationDeps): Promise<number | null> {
  const turn = Math.floor(clock.now() / CONSERVATION_EVERY_MS);
  if (!(await store.claimTurn('conservation', turn))) return null;
  return differenceOf(await checkConservation(store));
}
