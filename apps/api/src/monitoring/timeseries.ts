import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { RollupRow, Store } from '../store/store.ts';
import { MEASURE_DEFINITIONS, MEASURE_NAMES, type MeasureName } from './measures.ts';

export type Dimension = 'sourceId' | 'type' | 'targetId';

export interface TimeseriesRequest {
  measures?: readonly MeasureName[] | undefined;
  dimensions?: readonly Dimension[] | undefined;
  /** RFC 3339, inclusive; default: an hour before `to`. */
  from?: string | undefined;
  /** RFC 3339, exclusive; default: now. */
  to?: string | undefined;
  /** Seconds, a multiple of 60. */
  step?: number | undefined;
  sourceId?: string | undefined;
  targetId?: string | undefined;
}

export interface TimeseriesAnswer {
  from: string;
  to: string;
  stepSeconds: number;
  series: { measure: MeasureName; dimensions: Record<string, string>; values: (number | null)[] }[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DEFAULT_POINTS = 240;
const MOST_POINTS = 2000;
const MOST_SERIES = 200;

/** Figures over time, one value a step and series; steps without anything counted hold 0, or null for percentiles. */
export async function readTimeseries(
  deps: { store: Pick<Store, 'rollups'>; clock: Pick<Clock, 'now'> },
  request: TimeseriesRequest,
): Promise<TimeseriesAnswer> {
  const { from, to, stepMs } = spanOf(request, deps.clock.now());
  const measures = request.measures?.length ? request.measures : MEASURE_NAMES;
  const dimensions = request.dimensions ?? [];
  const rows = await deps.store.rollups({
    measures: [...new Set(measures.flatMap((name) => MEASURE_DEFINITIONS[name].from))],
    groupBy: dimensions,
    from,
    to,
    stepMs,
    ...(request.sourceId === undefined ? {} : { sourceId: request.sourceId }),
    ...(request.targetId === undefined ? {} : { targetId: request.targetId }),
  });
  const groups = groupRows(rows, dimensions);
  const steps = Math.ceil((to - from) / stepMs);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepSeconds: stepMs / 1000,
    series: measures.flatMap((measure) =>
      groupsOf(groups, measure, dimensions).map((group) => ({
        measure,
        dimensions: group.dimensions,
        values: Array.from({ length: steps }, (_, step) =>
          MEASURE_DEFINITIONS[measure].value(group.byStep.get(from + step * stepMs) ?? []),
        ),
      })),
    ),
  };
}

function spanOf(request: TimeseriesRequest, now: number) {
  const to = request.to === undefined ? now : Date.parse(request.to);
  const from = request.from === undefined ? to - HOUR_MS : Date.parse(request.from);
  if (from >= to) throw refuse('from', 'must lie before "to"');
  const smallest = Math.ceil((to - from) / DEFAULT_POINTS / MINUTE_MS) * MINUTE_MS;
  const stepMs = request.step === undefined ? smallest : request.step * 1000;
  if ((to - from) / stepMs > MOST_POINTS) {
    throw refuse(
      'step',
      `gives more than ${MOST_POINTS} points; take a larger step or a shorter span`,
    );
  }
  // Steps begin where the rollups' do, so that no minute is split.
  return { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs, stepMs };
}

function refuse(pointer: string, detail: string): GatewayError {
  return new GatewayError('invalid_request', `${pointer} ${detail}.`, {
    faults: [{ pointer, code: 'invalid_span', detail }],
  });
}

/** A measure that does not know a dimension, or was never counted there, has no series: a row of zeros would claim to know. */
function groupsOf(
  groups: readonly Group[],
  measure: MeasureName,
  dimensions: readonly Dimension[],
): readonly Group[] {
  if (dimensions.length === 0) return groups;
  const { from } = MEASURE_DEFINITIONS[measure];
  return groups.filter(
    (group) =>
      Object.keys(group.dimensions).length > 0 &&
      [...group.measures].some((name) => from.some((prefix) => name.startsWith(prefix))),
  );
}

interface Group {
  dimensions: Record<string, string>;
  byStep: Map<number, RollupRow[]>;
  measures: Set<string>;
  total: number;
}

/** The rows by their dimensions; beyond 200 series only the busiest are kept. */
function groupRows(rows: readonly RollupRow[], dimensions: readonly Dimension[]): Group[] {
  const groups = new Map<string, Group>();
  if (dimensions.length === 0)
    groups.set('', { dimensions: {}, byStep: new Map(), measures: new Set(), total: 0 });
  for (const row of rows) {
    const values = dimensions.flatMap((name) => (row[name] === null ? [] : [[name, row[name]]]));
    const key = JSON.stringify(values);
    let group = dimensions.length === 0 ? groups.get('') : groups.get(key);
    if (!group) {
      group = {
        dimensions: Object.fromEntries(values) as Record<string, string>,
        byStep: new Map(),
        measures: new Set(),
        total: 0,
      };
      groups.set(key, group);
    }
    group.total += row.count;
    group.measures.add(row.measure);
    const step = group.byStep.get(row.at);
    if (step) step.push(row);
    else group.byStep.set(row.at, [row]);
  }
  return [...groups.values()].sort((a, b) => b.total - a.total).slice(0, MOST_SERIES);
}
