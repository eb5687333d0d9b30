import type { Alert } from '../../domain/alert.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { Condition } from './condition.ts';

/** Raises what is so and not open, resolves what is open and over. Answers the open alerts that no condition speaks of. */
export async function applyConditions(
  desk: Pick<AlertDesk, 'raise' | 'resolve'>,
  conditions: readonly Condition[],
  open: readonly Alert[],
): Promise<Alert[]> {
  const byKey = new Map(open.map((alert) => [alert.key, alert]));
  for (const { state, alert } of conditions) {
    const found = byKey.get(alert.key);
    byKey.delete(alert.key);
    if (state === 'met' && !found) await desk.raise(alert);
    if (state === 'ended' && found) await desk.resolve(found);
  }
  return [...byKey.values()];
}
