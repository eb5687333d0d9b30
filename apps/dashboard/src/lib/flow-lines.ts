import type { Flow as FlowReport } from '@signalbox/api/contract';

export interface FlowLine {
  from: string;
  to: string;
  /** The event type at one of its ends. */
  type: string;
  perSecond: number;
  /** Of all attempts on the target that it leads to, how many failed, 0–1; null where nothing was tried. */
  failedShare: number | null;
}
export interface FlowNode {
  id: string;
  kind: 'source' | 'type' | 'target';
  perSecond: number;
}
export interface Flow {
  nodes: FlowNode[];
  lines: FlowLine[];
  /** Event types that are left out, being the quietest. */
  typesLeftOut: number;
  /** Lines that the gateway did not tell of, having too many. */
  linesLeftOut: number;
}

/** More rows than this cannot be read in one map. */
const MOST_TYPES = 16;

/** Sources, event types and targets with the lines between them. A line to a target is as healthy as the target itself: of all attempts on it, how many failed. */
export function flowOf(report: FlowReport): Flow {
  const seconds = (Date.parse(report.to) - Date.parse(report.from)) / 1000;
  const rates = sumBy(
    report.arrivals,
    ({ type }) => type,
    ({ accepted }) => accepted / seconds,
  );
  const ranked = [...rates].sort(([, left], [, right]) => right - left);
  const shown = new Set(ranked.slice(0, MOST_TYPES).map(([type]) => type));
  const all = [...intoTypes(report, seconds), ...intoTargets(report, seconds)];
  const lines = all.filter(({ type }) => shown.has(type));
  return {
    nodes: nodesOf(lines, all),
    lines,
    typesLeftOut: Math.max(0, rates.size - shown.size),
    linesLeftOut: report.leftOut,
  };
}

function intoTypes({ arrivals }: FlowReport, seconds: number): FlowLine[] {
  return arrivals
    .filter(({ accepted }) => accepted > 0)
    .map(({ sourceId, type, accepted }) => ({
      from: `source ${sourceId}`,
      to: `type ${type}`,
      type,
      perSecond: accepted / seconds,
      failedShare: null,
    }));
}

/** What types make for targets, whatever source it came from. */
function intoTargets({ deliveries, targets }: FlowReport, seconds: number): FlowLine[] {
  const byPair = Map.groupBy(deliveries, ({ type, targetId }) => `${targetId} ${type}`);
  return [...byPair.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const ends = targets.find(({ targetId }) => targetId === first.targetId);
    return {
      from: `type ${first.type}`,
      to: `target ${first.targetId}`,
      type: first.type,
      perSecond: group.reduce((sum, { made }) => sum + made, 0) / seconds,
      failedShare:
        ends === undefined || ends.attempts === 0 ? null : ends.attemptsFailed / ends.attempts,
    };
  });
}

const rateOf = ({ perSecond }: FlowLine) => perSecond;

/** What stands at the ends of the lines, with all that flows through it, be it drawn or not. */
function nodesOf(lines: readonly FlowLine[], all: readonly FlowLine[]): FlowNode[] {
  const out = sumBy(all, ({ from }) => from, rateOf);
  const into = sumBy(all, ({ to }) => to, rateOf);
  const ids = new Set(lines.flatMap(({ from, to }) => [from, to]));
  return [...ids]
    .map((id): FlowNode => {
      const kind = id.startsWith('source ') ? 'source' : id.startsWith('type ') ? 'type' : 'target';
      return { id, kind, perSecond: (kind === 'source' ? out : into).get(id) ?? 0 };
    })
    .sort((left, right) => right.perSecond - left.perSecond || left.id.localeCompare(right.id));
}

function sumBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  valueOf: (row: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + valueOf(row));
  return sums;
}
