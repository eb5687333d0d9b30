import type { RollupRow } from '../store/store.ts';
import type { MetricsDeps } from './metrics-deps.ts';
import { countOf } from './tally-attempts.ts';

export interface FlowRequest {
  /** Seconds back from now. */
  windowSeconds: number;
}

export interface Flow {
  from: string;
  to: string;
  /** What came: source → event type. */
  arrivals: {
    sourceId: string;
    type: string;
    accepted: number;
    unmatched: number;
    quarantined: number;
  }[];
  /** What it made: source → event type → target. */
  deliveries: { sourceId: string; type: string; targetId: string; made: number }[];
  /** How each target did with all that it got. */
  targets: {
    targetId: string;
    succeeded: number;
    dead: number;
    attempts: number;
    attemptsFailed: number;
  }[];
  /** Lines that were left out: only the 500 busiest of each kind are told. */
  leftOut: number;
}

const MINUTE_MS = 60_000;
const MOST_LINES = 500;
const FAILED = ['attempt.3xx', 'attempt.4xx', 'attempt.5xx', 'attempt.error'];

/** What flows from sources over event types to targets: counts by minute, from the start of the first one to now. */
export async function readFlow(
  { store, clock }: Pick<MetricsDeps, 'store' | 'clock'>,
  { windowSeconds }: FlowRequest,
): Promise<Flow> {
  const now = clock.now();
  const from = Math.floor((now - windowSeconds * 1000) / MINUTE_MS) * MINUTE_MS;
  const to = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const rows = await store.rollups({
    measures: ['event.', 'delivery.', 'attempt.'],
    groupBy: ['sourceId', 'type', 'targetId'],
    from,
    to,
    stepMs: to - from,
  });
  const arrivals = byPlace(rows, 'event.', ({ sourceId, type }, group) => ({
    sourceId: sourceId ?? '',
    type: type ?? '',
    accepted: countOf(group, 'event.') - countOf(group, 'event.duplicate'),
    unmatched: countOf(group, 'event.unmatched'),
    quarantined: countOf(group, 'event.quarantined'),
  }));
  const deliveries = byPlace(rows, 'delivery.made', ({ sourceId, type, targetId }, group) => ({
    sourceId: sourceId ?? '',
    type: type ?? '',
    targetId: targetId ?? '',
    made: countOf(group, 'delivery.made'),
  }));
  const ends = rows.filter(
    ({ measure }) => measure !== 'delivery.made' && !measure.startsWith('event.'),
  );
  const targets = byPlace(ends, '', ({ targetId }, group) => ({
    targetId: targetId ?? '',
    succeeded: countOf(group, 'delivery.succeeded'),
    dead: countOf(group, 'delivery.dead'),
    attempts: countOf(group, 'attempt.'),
    attemptsFailed: FAILED.reduce((sum, measure) => sum + countOf(group, measure), 0),
  }));
  const lines = { arrivals, deliveries, targets };
  const all = Object.values(lines);
  return {
    from: new Date(from).toISOString(),
    to: new Date(now).toISOString(),
    arrivals: arrivals.slice(0, MOST_LINES),
    deliveries: deliveries.slice(0, MOST_LINES),
    targets: targets.slice(0, MOST_LINES),
    leftOut: all.reduce((sum, { length }) => sum + Math.max(0, length - MOST_LINES), 0),
  };
}

/** One line for each place that has rows of these measures, busiest first. */
function byPlace<Line>(
  rows: readonly RollupRow[],
  prefix: string,
  show: (place: RollupRow, group: readonly RollupRow[]) => Line,
): Line[] {
  const groups = Map.groupBy(
    rows.filter(({ measure }) => measure.startsWith(prefix)),
    ({ sourceId, type, targetId }) => JSON.stringify([sourceId, type, targetId]),
  );
  return [...groups.values()]
    .sort((a, b) => countOf(b, '') - countOf(a, ''))
    .flatMap((group) => (group[0] ? [show(group[0], group)] : []));
}
