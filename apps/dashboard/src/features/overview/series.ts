import type { Measure, Timeseries } from '@signalbox/api/contract';
import type { ChartLine } from '../../ui/Chart/Chart.tsx';

/** The start of each step, in seconds since 1970. */
export function timesOf(data: Timeseries): number[] {
  const from = Date.parse(data.from) / 1000;
  const length = Math.max(0, ...data.series.map((series) => series.values.length));
  return Array.from({ length }, (_unused, index) => from + index * data.stepSeconds);
}

/** The values of a measure, one a step; a measure that the answer lacks is all gaps. */
export function valuesOf(data: Timeseries, measure: Measure): readonly (number | null)[] {
  const found = data.series.find((series) => series.measure === measure);
  return found?.values ?? timesOf(data).map(() => null);
}

/** The lines of a chart, in the order wanted. */
export function linesOf(
  data: Timeseries,
  wanted: readonly { measure: Measure; label: string; tone: 1 | 2 | 3 }[],
): ChartLine[] {
  return wanted.map(({ measure, label, tone }) => ({
    label,
    tone,
    values: valuesOf(data, measure),
  }));
}

/** Less than this share of a step says too little to be drawn. */
const SHORTEST_PART = 0.2;

/** How many seconds of each step had gone by at `readAt`, milliseconds since 1970. */
const secondsGone = (data: Timeseries, readAt: number): number[] =>
  timesOf(data).map((start) => Math.min(data.stepSeconds, Math.max(0, readAt / 1000 - start)));

/** The series without the steps that had only begun at `readAt`. */
export function withoutBegun(data: Timeseries, readAt: number): Timeseries {
  const kept = secondsGone(data, readAt).filter(
    (seconds) => seconds >= data.stepSeconds * SHORTEST_PART,
  ).length;
  const series = data.series.map((row) => ({ ...row, values: row.values.slice(0, kept) }));
  return { ...data, series };
}

/**
 * Counts a step as rates a second. The step that was still running at `readAt` counts for as long as it ran, so that
 * the line does not fall at its end.
 */
export function toRates(
  data: Timeseries,
  lines: readonly ChartLine[],
  readAt: number,
): ChartLine[] {
  const seconds = secondsGone(data, readAt);
  return lines.map((line) => ({
    ...line,
    values: line.values.map((value, index) => {
      const gone = seconds[index] ?? 0;
      return value === null || gone === 0 ? null : value / gone;
    }),
  }));
}

/** The share of attempts that succeeded in each step; a gap where there were none. */
export function successShares(data: Timeseries): (number | null)[] {
  const failed = valuesOf(data, 'attemptsFailed');
  return valuesOf(data, 'attempts').map((attempts, index) =>
    attempts === null || attempts === 0 ? null : 1 - (failed[index] ?? 0) / attempts,
  );
}
