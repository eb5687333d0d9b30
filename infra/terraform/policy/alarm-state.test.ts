import { describe, expect, it } from '@jest/globals';
import { alarmState, type Minute } from './alarm-state.ts';
import { planJson, type Values } from './good-plan.ts';
import { readPlan, type Resource } from './read-plan.ts';
import { tryAlarm } from './try-alarm.ts';

function alarmOf(values: Values): Resource {
  const base: Values = {
    metric_name: 'CPUUtilization',
    statistic: 'Average',
    period: 300,
    evaluation_periods: 3,
    datapoints_to_alarm: 2,
    threshold: 85,
    comparison_operator: 'GreaterThanOrEqualToThreshold',
    treat_missing_data: 'missing',
    metric_query: [],
  };
  const plan = planJson({ 'aws_cloudwatch_metric_alarm.one': { ...base, ...values } });
  const [alarm] = readPlan(plan).resources;
  if (!alarm) throw new Error('The plan holds no alarm.');
  return alarm;
}

const minutes = (...parts: [count: number, value: number | null][]): Minute[] =>
  parts.flatMap(([count, CPUUtilization]) =>
    Array.from({ length: count }, () => ({ CPUUtilization })),
  );

describe('the state of an alarm', () => {
  it('is OK while too few of its periods are bad', () => {
    expect(alarmState(alarmOf({}), minutes([10, 20], [5, 99]))).toBe('OK');
  });

  it('is ALARM once enough of its periods are bad, though not the last', () => {
    expect(alarmState(alarmOf({}), minutes([10, 99], [5, 20]))).toBe('ALARM');
  });

  it('forgets what lies before its periods', () => {
    expect(alarmState(alarmOf({}), minutes([60, 99], [15, 20]))).toBe('OK');
  });

  it('is ALARM for silence where that is breaching', () => {
    const silent = minutes([5, 20], [10, null]);
    expect(alarmState(alarmOf({ treat_missing_data: 'breaching' }), silent)).toBe('ALARM');
  });

  it('is unknown after silence where that is missing data', () => {
    expect(alarmState(alarmOf({}), minutes([15, null]))).toBe('INSUFFICIENT_DATA');
  });

  it('takes the statistic over the period', () => {
    const spike = minutes([14, 0], [1, 100]);
    const once = { evaluation_periods: 1, datapoints_to_alarm: 1 };
    expect(alarmState(alarmOf(once), spike)).toBe('OK');
    expect(alarmState(alarmOf({ ...once, statistic: 'Maximum' }), spike)).toBe('ALARM');
    expect(alarmState(alarmOf({ ...once, statistic: '', extended_statistic: 'p99' }), spike)).toBe(
      'ALARM',
    );
  });

  it('follows an expression over several metrics', () => {
    const metric = (name: string) => [{ metric_name: name, stat: 'Sum', period: 300 }];
    const percent = alarmOf({
      metric_name: '',
      period: 0,
      threshold: 5,
      metric_query: [
        { id: 'p', expression: 'IF(r >= 20, 100 * e / r, 0)', return_data: true, metric: [] },
        { id: 'r', expression: '', return_data: false, metric: metric('Requests') },
        { id: 'e', expression: '', return_data: false, metric: metric('ServerErrors') },
      ],
    });
    expect(tryAlarm(percent)).toEqual(['OK', 'ALARM', 'OK', 'OK']);
    const few = Array.from({ length: 15 }, () => ({ Requests: 2, ServerErrors: 2 }));
    expect(alarmState(percent, few)).toBe('OK');
  });
});

describe('an alarm that is tried', () => {
  it('fires in trouble and clears after it', () => {
    expect(tryAlarm(alarmOf({}))).toEqual(['OK', 'ALARM', 'OK', 'INSUFFICIENT_DATA']);
  });

  it('is found out when its threshold cannot be reached', () => {
    expect(tryAlarm(alarmOf({ threshold: 101 }))[1]).toBe('OK');
  });

  it('is refused where nobody said what trouble looks like', () => {
    expect(() => tryAlarm(alarmOf({ metric_name: 'Unheard' }))).toThrow('no profile of Unheard');
  });
});
