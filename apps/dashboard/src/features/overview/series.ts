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

/** Less than this of a step says too little to be drawn as a rate. */
const SHORTEST_PART = 0.2;

/**
 * Counts a step as rates a second. The step that was still running at `readAt` (milliseconds since 1970) counts for as
 * long as it ran, so that the line does not fall at its end; one that had only begun is a gap.
 */
export function toRates(
  data: Timeseries,
  lines: readonly ChartLine[],
  readAt: number,
): ChartLine[] {
  const lengths = timesOf(data).map((start) =>
    Math.min(data.stepSeconds, Math.max(0, readAt / 1000 - start)),
  );
  return lines.map((line) => ({
    ...line,
    values: line.values.map((value, index) => {
      const seconds = lengths[index] ?? 0;
      return value === null || seconds < data.stepSeconds * SHORTEST_PART ? null : value / seconds;
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
