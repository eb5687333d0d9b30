import { readPlan } from '../../../infra/terraform/policy/read-plan.ts';
import { SILENCE, tryAlarm } from '../../../infra/terraform/policy/try-alarm.ts';
import type { Plans } from './check-rules.ts';
import type { Checks } from './checks.ts';

/** Every alarm of every plan is quiet on an ordinary day, fires in trouble, clears after it, and takes silence as it says. */
export function checkAlarms(plans: Plans, { count }: Checks): void {
  for (const [name, plan] of plans) {
    for (const alarm of readPlan(plan).ofType('aws_cloudwatch_metric_alarm')) {
      const states = tryAlarm(alarm).join(', ');
      const silence = SILENCE[alarm.text('treat_missing_data')] ?? '';
      const what = `alarm ${alarm.text('alarm_name')} of ${name} fires and clears`;
      count(what, states === `OK, ALARM, OK, ${silence}`, `Its states are ${states}.`);
    }
  }
}
