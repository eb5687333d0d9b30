import type { Backlog, RollupRow } from '../store/store.ts';
import type { MetricsDeps } from './metrics-deps.ts';
import { countOf, tallyAttempts, type AttemptTally } from './tally-attempts.ts';

const MINUTE_MS = 60_000;

export interface Summary extends AttemptTally {
  at: string;
  windowSeconds: number;
  eventsAccepted: number;
  eventsPerSecond: number;
  deliveriesSucceeded: number;
  deliveriesPerSecond: number;
  backlog: number;
  oldestOpenAt: string | null;
  deadLetters: number;
  targets: (AttemptTally & {
    targetId: string;
    backlog: number;
    breaker: 'closed' | 'open' | 'half-open';
  })[];
}

/**
 * The figures of the overview. Rollups are kept by the minute, so the window reaches back to the start of a minute and the
 * rates are over what it really covers.
 */
export async function readSummary(deps: MetricsDeps, windowSeconds: number): Promise<Summary> {
  const { store, clock } = deps;
  const now = clock.now();
  const from = Math.floor((now - windowSeconds * 1000) / MINUTE_MS) * MINUTE_MS;
  const to = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const [rows, backlog, deadLetters] = await Promise.all([
    store.rollups({
      measures: ['event.', 'attempt.', 'delivery.succeeded', 'latency'],
      groupBy: ['targetId'],
      from,
      to,
      stepMs: to - from,
    }),
    deps.backlog(),
    deps.deadLetterGroups(),
  ]);
  const coveredSeconds = Math.max(1, (now - from) / 1000);
  const eventsAccepted = countOf(rows, 'event.') - countOf(rows, 'event.duplicate');
  const deliveriesSucceeded = countOf(rows, 'delivery.succeeded');
  const oldest = oldestOf(backlog);
  return {
    at: new Date(now).toISOString(),
    windowSeconds,
    eventsAccepted,
    eventsPerSecond: eventsAccepted / coveredSeconds,
    deliveriesSucceeded,
    deliveriesPerSecond: deliveriesSucceeded / coveredSeconds,
    ...tallyAttempts(rows),
    backlog: backlog.reduce((sum, entry) => sum + openOf(entry), 0),
    oldestOpenAt: oldest === null ? null : new Date(oldest).toISOString(),
    deadLetters: deadLetters.reduce((sum, { count }) => sum + count, 0),
    targets: targetsOf(deps, rows, backlog),
  };
}

function targetsOf(
  deps: MetricsDeps,
  rows: readonly RollupRow[],
  backlog: readonly Backlog[],
): Summary['targets'] {
  const byTarget = Map.groupBy(rows, (row) => row.targetId ?? '');
  byTarget.delete('');
  const open = new Map(backlog.map((entry) => [entry.targetId, openOf(entry)]));
  const breakers = new Map(deps.lanes().map((lane) => [lane.targetId, lane.breaker]));
  const ids = new Set([...byTarget.keys(), ...open.keys()]);
  return [...ids].sort().map((targetId) => ({
    targetId,
    ...tallyAttempts(byTarget.get(targetId) ?? []),
    backlog: open.get(targetId) ?? 0,
    breaker: breakers.get(targetId) ?? 'closed',
  }));
}

export function openOf({ pending, delivering, retrying }: Backlog): number {
  return pending + delivering + retrying;
}

function oldestOf(backlog: readonly Backlog[]): number | null {
  const times = backlog.flatMap(({ oldestCreatedAt }) =>
    oldestCreatedAt === null ? [] : [oldestCreatedAt],
  );
  return times.length === 0 ? null : Math.min(...times);
}
