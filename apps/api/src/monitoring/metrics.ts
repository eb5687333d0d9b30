import { createCachedReading } from '../domain/cached-reading.ts';
import type { Alert } from '../domain/alert.ts';
import type { Clock } from '../domain/clock.ts';
import type { Backlog, Store } from '../store/store.ts';
import { checkConservation, type ConservationReport } from './check-conservation.ts';
import type { MetricsDeps } from './metrics-deps.ts';
import { readFlow, type Flow, type FlowRequest } from './flow.ts';
import { createRunningTotals, type RunningTotals } from './running-totals.ts';
import { readSummary, type Summary } from './summary.ts';
import { readTargetHealth, type TargetHealth } from './target-health.ts';
import { readTimeseries, type TimeseriesAnswer, type TimeseriesRequest } from './timeseries.ts';

export interface Metrics {
  /** The figures of the last `windowSeconds`. */
  summary(windowSeconds: number): Promise<Summary>;
  timeseries(request: TimeseriesRequest): Promise<TimeseriesAnswer>;
  flow(request: FlowRequest): Promise<Flow>;
  /** Counted anew at each call, from all rows. */
  conservation(): Promise<ConservationReport>;
  /** Rejects with `not_found`. */
  targetHealth(targetId: string): Promise<TargetHealth>;
  /** Open deliveries by target, about a second old. */
  backlog(): Promise<readonly Backlog[]>;
  /** Dead deliveries, a few seconds old. */
  deadLetterCount(): Promise<number>;
  /** Those that are open, a few seconds old. */
  openAlerts(): Promise<readonly Alert[]>;
  /** The gateway's counters since this process began to read them. */
  totals(): Promise<RunningTotals>;
}

const BACKLOG_MAX_AGE_MS = 1000;
const DEAD_LETTERS_MAX_AGE_MS = 2000;
const ALERTS_MAX_AGE_MS = 2000;

/** The gateway's figures, made of rollups and counts; none but `conservation` scans events. */
export function createMetrics(
  deps: Omit<MetricsDeps, 'backlog' | 'deadLetterGroups' | 'store' | 'clock'> & {
    store: MetricsDeps['store'] & Pick<Store, 'backlog' | 'deadLetterGroups' | 'openAlerts'>;
    clock: Clock;
  },
): Metrics {
  const { store, clock } = deps;
  const all: MetricsDeps = {
    ...deps,
    backlog: createCachedReading(clock, () => store.backlog(), BACKLOG_MAX_AGE_MS),
    deadLetterGroups: createCachedReading(
      clock,
      () => store.deadLetterGroups(),
      DEAD_LETTERS_MAX_AGE_MS,
    ),
  };
  return {
    summary: (windowSeconds) => readSummary(all, windowSeconds),
    timeseries: (request) => readTimeseries(all, request),
    flow: (request) => readFlow(all, request),
    conservation: () => checkConservation(store),
    targetHealth: (targetId) => readTargetHealth(all, targetId),
    backlog: all.backlog,
    async deadLetterCount() {
      return (await all.deadLetterGroups()).reduce((sum, { count }) => sum + count, 0);
    },
    openAlerts: createCachedReading(clock, () => store.openAlerts(), ALERTS_MAX_AGE_MS),
    totals: createRunningTotals(all),
  };
}
