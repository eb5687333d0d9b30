import type { Clock } from '../domain/clock.ts';
import type { Resource } from '../domain/resources.ts';
import type { Delivered } from './deliver.ts';
import { hasFailedForLong, FAILING_DAYS } from './has-failed-for-long.ts';
import type { Lane } from './lane.ts';
import type { DisableTarget, Log, RaiseAlert } from './ports.ts';
import type { Store } from '../store/store.ts';

/** Draws the consequences of attempts for their target: waiting, disabling, alerts. */
export interface TargetWatch {
  observe(lane: Lane, target: Resource<'target'>, deliveryId: string, delivered: Delivered): void;
}

const CHECK_EVERY_MS = 60 * 60 * 1000;

export function createTargetWatch(deps: {
  store: Pick<Store, 'rollups'>;
  clock: Clock;
  log: Log;
  alert: RaiseAlert;
  disableTarget: DisableTarget;
}): TargetWatch {
  const checkAfter = new Map<string, number>();

  async function disable(lane: Lane, version: number, reason: string): Promise<void> {
    lane.disable(version);
    try {
      await deps.disableTarget(lane.targetId, version, reason);
    } catch (error) {
      // The next attempt says so again.
      lane.enable();
      deps.log('error', 'a target could not be disabled', { targetId: lane.targetId, error });
    }
  }

  async function checkLongFailure(lane: Lane, target: Resource<'target'>): Promise<void> {
    const now = deps.clock.now();
    if (now < (checkAfter.get(target.id) ?? 0)) return;
    checkAfter.set(target.id, now + CHECK_EVERY_MS);
    try {
      if (!(await hasFailedForLong(deps.store, target, now))) return;
    } catch (error) {
      deps.log('warn', 'the record of a failing target could not be read', {
        targetId: target.id,
        error,
      });
      return;
    }
    const detail = `Every attempt of the last ${FAILING_DAYS} days failed.`;
    deps.alert({ code: 'target_failing', targetId: target.id, deliveryId: null, detail });
    await disable(lane, target.version, detail);
  }

  return {
    observe(lane, target, deliveryId, { decision, outcome }) {
      if (decision.laneWaitUntil !== undefined)
        lane.waitUntil(decision.laneWaitUntil, target.version);
      const detail = decision.reasonDetail ?? '';
      if (decision.alert)
        deps.alert({ code: decision.alert, targetId: target.id, deliveryId, detail });
      if (decision.disableTarget) void disable(lane, target.version, detail);
      else if (decision.state === 'succeeded') checkAfter.delete(target.id);
      else if (outcome.outcome !== 'skipped') void checkLongFailure(lane, target);
    },
  };
}
