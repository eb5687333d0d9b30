import type { Clock } from '../domain/clock.ts';
import type { Backlog, Store } from '../store/store.ts';
import { createBacklogCache } from './backlog-cache.ts';
import type { LaneView } from './lane-view.ts';
import { checkConservation, type ConservationReport } from './check-conservation.ts';
import { readTargetHealth, type TargetHealth } from './target-health.ts';
import { readSummary, type Summary } from './summary.ts';
import { readTimeseries, type TimeseriesAnswer, type TimeseriesRequest } from './timeseries.ts';

export interface MetricsDeps {
  store: Pick<Store, 'rollups' | 'conservation' | 'deadLetterGroups'>;
  clock: Pick<Clock, 'now'>;
  /** The lanes of this process. */
  lanes: () => readonly LaneView[];
  backlog: () => Promise<readonly Backlog[]>;
  target: (id: string) => { body: { state: 'active' | 'paused' | 'disabled' } } | undefined;
}

export interface Metrics {
  /** The figures of the last `windowSeconds`. */
  summary(windowSeconds: number): Promise<Summary>;
  timeseries(request: TimeseriesRequest): Promise<TimeseriesAnswer>;
  conservation(): Promise<ConservationReport>;
  /** Rejects with `not_found`. */
  targetHealth(targetId: string): Promise<TargetHealth>;
  /** Open deliveries by target, at most a second old. */
  backlog(): Promise<readonly Backlog[]>;
}

/** The gateway's figures, made of rollups and counts; no call scans events. */
export function createMetrics(
  deps: Omit<MetricsDeps, 'backlog' | 'store'> & {
    store: MetricsDeps['store'] & Pick<Store, 'backlog'>;
  },
): Metrics {
  const all: MetricsDeps = { ...deps, backlog: createBacklogCache(deps) };
  return {
    summary: (windowSeconds) => readSummary(all, windowSeconds),
    timeseries: (request) => readTimeseries(all, request),
    conservation: () => checkConservation(all.store),
    targetHealth: (targetId) => readTargetHealth(all, targetId),
    backlog: all.backlog,
  };
}
