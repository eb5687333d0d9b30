import type { Resource } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';

export const FAILING_DAYS = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
const STEP_MS = 60 * 60 * 1000;

/**
 * Whether every attempt at a target has failed for 5 days, over all processes and restarts: by the counters of attempts, which are
 * written with the attempts themselves. Time before the target's last change does not count, so that enabling it again is a new start.
 * @param now milliseconds since 1970
 */
export async function hasFailedForLong(
  store: Pick<Store, 'rollups'>,
  target: Pick<Resource<'target'>, 'id' | 'updatedAt'>,
  now: number,
): Promise<boolean> {
  const longAgo = now - FAILING_DAYS * DAY_MS;
  // Twice the span, so that a failure from before its beginning is seen as well.
  const from = Math.max(now - 2 * FAILING_DAYS * DAY_MS, target.updatedAt);
  if (from > longAgo) return false;
  const rows = await store.rollups({
    measures: ['attempt.'],
    groupBy: ['targetId'],
    from,
    to: now,
    stepMs: STEP_MS,
    targetId: target.id,
  });
  const successes = rows.filter(({ measure, count }) => measure === 'attempt.2xx' && count > 0);
  const lastSuccessAt = Math.max(...successes.map(({ at }) => at), -Infinity);
  return rows.some(
    ({ at, measure, count }) =>
      measure !== 'attempt.2xx' && count > 0 && at > lastSuccessAt && at <= longAgo,
  );
}
