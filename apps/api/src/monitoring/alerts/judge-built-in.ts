import type { Alert } from '../../domain/alert.ts';
import type { TargetBody } from '../../domain/resources.ts';
import type { LaneView } from '../lane-view.ts';
import { builtInAlert } from './built-in-alert.ts';
import type { Condition } from './condition.ts';

/** What the alerts that need no rule are judged by. */
export interface Surroundings {
  now: number;
  /** Of all processes. */
  lanes: readonly LaneView[];
  target: (
    id: string,
  ) => { updatedAt: number; body: Pick<TargetBody, 'name' | 'state'> } | undefined;
}

/** A target is disabled a moment after its alert was raised. */
const SETTLED_MS = 60_000;
/** Without another refused address for so long it is over. */
const QUIET_MS = 60 * 60_000;

/** What is so now, and which of the open alerts are over: breakers, and what deliveries have raised. */
export function judgeBuiltIn(around: Surroundings, open: readonly Alert[]): Condition[] {
  const now = breakersOf(around);
  const keys = new Set(now.map(({ alert }) => alert.key));
  return [
    ...now,
    ...open
      .filter((alert) => alert.code !== 'rule' && !keys.has(alert.key))
      .map((alert): Condition => ({ state: isOver(alert, around) ? 'ended' : 'unknown', alert })),
  ];
}

function breakersOf({ lanes, target }: Surroundings): Condition[] {
  return lanes
    .filter(({ breaker }) => breaker !== 'closed')
    .map(({ targetId }) => {
      const name = target(targetId)?.body.name ?? targetId;
      const detail =
        'At least half of its attempts failed within a minute; deliveries wait while single requests probe it.';
      return { state: 'met', alert: builtInAlert('breaker_open', detail, { targetId, name }) };
    });
}

function isOver(alert: Alert, { now, target }: Surroundings): boolean {
  if (alert.code === 'breaker_open') return true;
  // Judged when all rows are counted.
  if (alert.code === 'conservation_difference') return false;
  const found = target(alert.targetId ?? '');
  if (!found) return true;
  if (alert.code === 'forbidden_address')
    return found.updatedAt > alert.lastSeenAt || now - alert.lastSeenAt > QUIET_MS;
  return found.body.state !== 'disabled' && now - alert.lastSeenAt > SETTLED_MS;
}
