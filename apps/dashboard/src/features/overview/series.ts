import type { Measure, Timeseries } from '@signalbox/api/contract';
import type { ChartLine } from '../../ui/Chart/Chart.tsx';

/** The start of each step, in seconds since 1970. */
export function timesOf(data: Timeseries): number[] {
  const from = Date.parse(data.from) / 1000;
  const length = Math.max(0, ...data.series.map((series) => series.values.length));
  return Array.from({ length }, (_unused, index) => from + index * data.stepSeconds);
}

/** The lines of a chart, in the order wanted; a measure that the answer lacks is a line of gaps. */
export function linesOf(
  data: Timeseries,
  wanted: readonly { measure: Measure; label: string; tone: 1 | 2 | 3 }[],
  factor: number,
): ChartLine[] {
  const length = timesOf(data).length;
  return wanted.map(({ measure, label, tone }) => {
    const found = data.series.find((series) => series.measure === measure);
    const values = found?.values ?? Array.from({ length }, () => null);
    return { label, tone, values: values.map((value) => (value === null ? null : value * factor)) };
  });
}
