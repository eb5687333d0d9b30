import { ALERT_MEASURE_TRAITS } from '../../domain/alert.ts';
import type { Clock } from '../../domain/clock.ts';
import { repeat } from '../../domain/repeat.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import type { AlertDesk } from './alert-desk.ts';
import { evaluateAlerts, type EvaluationDeps } from './evaluate-alerts.ts';

export const ALERT_EVERY_MS = 15_000;

/**
 * Evaluates the alerts every 15 seconds, in one of all processes each time. Where nothing has changed since this process looked last, nothing
 * waits and nothing is open, there is nothing to evaluate: a gateway at rest reads and writes nothing for it.
 */
export function startAlertWatch(
  deps: Omit<EvaluationDeps, 'desk'> & {
    store: EvaluationDeps['store'] & Pick<Store, 'changePosition' | 'nextDueAt'>;
    clock: Clock;
    desk: AlertDesk;
    onError: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  const { store, clock, desk, onError } = deps;
  let seen: string | null = null;

  async function look(): Promise<undefined> {
    await desk.flush();
    const turn = Math.floor(clock.now() / ALERT_EVERY_MS);
    const rules = (await store.loadResources('alert-rule')).filter(
      ({ body }) => body.state === 'active',
    );
    const open = await store.openAlerts();
    const position = await store.changePosition();
    const isAtRest =
      open.length === 0 &&
      position === (seen ?? position) &&
      !rules.some(wantsEvents) &&
      deps.lanes().every(({ breaker }) => breaker === 'closed') &&
      deps.securityEvents(2) === 0 &&
      (await store.nextDueAt()) === null;
    seen = position;
    if (isAtRest || !(await store.claimTurn('alerts', turn))) return;
    await evaluateAlerts(deps, rules, open);
  }

  return repeat({
    clock,
    everyMs: ALERT_EVERY_MS,
    firstAfterMs: ALERT_EVERY_MS,
    work: look,
    onError,
  });
}

/** A rule that is about what does not happen. */
function wantsEvents({ body }: Resource<'alert-rule'>): boolean {
  return ALERT_MEASURE_TRAITS[body.measure].raisedWhen === 'below';
}
