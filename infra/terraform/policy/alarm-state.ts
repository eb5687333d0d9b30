import { runInNewContext } from 'node:vm';
import type { Resource } from './read-plan.ts';

/** What is measured in each minute, by the metric's name; null: nothing was told. */
export type Minute = Record<string, number | null>;

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

interface Query {
  id: string;
  expression: string;
  return_data: boolean;
  metric: { metric_name: string; stat: string; period: number }[];
}

/**
 * The state that an alarm of a plan would be in after these minutes, as CloudWatch evaluates it: statistics over periods, so many periods of so many,
 * and what missing data means. It knows the statistics and the kind of expression that our alarms have.
 */
export function alarmState(alarm: Resource, minutes: readonly Minute[]): State {
  const periods = Number(alarm.get('evaluation_periods'));
  const needed = Number(alarm.get('datapoints_to_alarm')) || periods;
  const points = lastPoints(alarm, minutes, periods);
  const missing = alarm.text('treat_missing_data');
  const breaching = points.filter((point) =>
    point === null ? missing === 'breaching' : breaches(alarm, point),
  ).length;
  if (breaching >= needed) return 'ALARM';
  return missing === 'missing' && points.every((point) => point === null)
    ? 'INSUFFICIENT_DATA'
    : 'OK';
}

function lastPoints(alarm: Resource, minutes: readonly Minute[], count: number): (number | null)[] {
  const queries = alarm.list('metric_query') as Query[];
  const period =
    Number(alarm.get('period')) || queries[0]?.metric[0]?.period || metricPeriod(queries);
  const length = period / 60;
  return Array.from({ length: count }, (_, index) => {
    const end = minutes.length - index * length;
    const part = minutes.slice(Math.max(0, end - length), Math.max(0, end));
    return queries.length > 0 ? express(queries, part) : statistic(alarm, part);
  });
}

const metricPeriod = (queries: readonly Query[]): number =>
  queries.flatMap(({ metric }) => metric).find(({ period }) => period > 0)?.period ?? 60;

function statistic(alarm: Resource, part: readonly Minute[]): number | null {
  const name = alarm.text('statistic') || alarm.text('extended_statistic');
  return summarise(name, valuesOf(alarm.text('metric_name'), part));
}

function express(queries: readonly Query[], part: readonly Minute[]): number | null {
  const values: Record<string, unknown> = {
    IF: (test: boolean, a: number, b: number) => (test ? a : b),
  };
  for (const { id, metric } of queries) {
    const [one] = metric;
    if (one) values[id] = summarise(one.stat, valuesOf(one.metric_name, part)) ?? 0;
  }
  const wanted = queries.find(({ return_data }) => return_data);
  return wanted ? (runInNewContext(wanted.expression, values) as number) : null;
}

const valuesOf = (name: string, part: readonly Minute[]): number[] =>
  part.map((minute) => minute[name] ?? null).filter((value) => value !== null);

function summarise(name: string, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    default: {
      const share = Number(/^p(\d+)$/.exec(name)?.[1]) / 100;
      if (Number.isNaN(share)) throw new Error(`The statistic ${name} is not known here.`);
      const sorted = [...values].sort((a, b) => a - b);
      return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
    }
  }
}

function breaches(alarm: Resource, value: number): boolean {
  const threshold = Number(alarm.get('threshold'));
  switch (alarm.text('comparison_operator')) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    default:
      throw new Error(`${alarm.address} compares in a way that is not known here.`);
  }
}
