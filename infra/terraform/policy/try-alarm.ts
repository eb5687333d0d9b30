import { alarmState, type Minute, type State } from './alarm-state.ts';
import { PROFILES } from './alarm-profiles.ts';
import type { Resource } from './read-plan.ts';

const DAY_MINUTES = 24 * 60;

/** What an alarm says of an ordinary day, of trouble that lasts, of the day after, and of silence. */
export function tryAlarm(alarm: Resource): State[] {
  const names = metricsOf(alarm);
  const unknown = names.filter((name) => !(name in PROFILES));
  if (unknown.length > 0) throw new Error(`${alarm.address}: no profile of ${unknown.join(', ')}.`);
  const minutesOf = (value: (name: string) => number | null): Minute[] =>
    Array.from({ length: DAY_MINUTES }, () =>
      Object.fromEntries(names.map((name) => [name, value(name)])),
    );
  const quiet = minutesOf((name) => PROFILES[name]?.[0] ?? null);
  const wrong = minutesOf((name) => PROFILES[name]?.[1] ?? null);
  const silent = minutesOf(() => null);
  return [quiet, [...quiet, ...wrong], [...quiet, ...wrong, ...quiet], [...quiet, ...silent]].map(
    (minutes) => alarmState(alarm, minutes),
  );
}

/** What is told for silence, by what the alarm says missing data means. */
export const SILENCE: Record<string, State> = {
  breaching: 'ALARM',
  notBreaching: 'OK',
  missing: 'INSUFFICIENT_DATA',
};

function metricsOf(alarm: Resource): string[] {
  const queries = alarm.list('metric_query') as { metric: { metric_name: string }[] }[];
  const own = alarm.text('metric_name');
  return [
    ...(own === '' ? [] : [own]),
    ...queries.flatMap(({ metric }) => metric.map((one) => one.metric_name)),
  ];
}
