import type { Plan, Resource } from '../read-plan.ts';
import { type Fault, faultsOf, type PlanRule } from '../rule.ts';

const TAGS = ['Project', 'Environment', 'ManagedBy', 'Owner'];

/** What somebody must be told of, and which alarm does. `for` names a type of resource without which there is nothing to watch. */
const TOLD: { what: string; alarm: RegExp; for?: string }[] = [
  { what: 'health', alarm: /-not-ready$/ },
  { what: 'answers of 5xx', alarm: /-server-errors$/ },
  { what: 'latency', alarm: /-slow-acceptance$/ },
  { what: 'the processor', alarm: /-cpu$/ },
  { what: 'credits', alarm: /-cpu-credits$/, for: 'aws_instance' },
  { what: 'memory', alarm: /-memory$/ },
  { what: 'disks', alarm: /-disk$/ },
  { what: 'status checks', alarm: /-system-check$/, for: 'aws_instance' },
  { what: 'the age of what is open', alarm: /-backlog-age$/ },
  { what: 'dead letters', alarm: /-dead-letters$/ },
  { what: 'conservation', alarm: /-conservation$/ },
  { what: 'restarts of processes', alarm: /-worker-restarts$/ },
  { what: 'failed backups', alarm: /-backup-age$/, for: 'aws_instance' },
  { what: 'failed attempts at SSH', alarm: /-ssh-failures$/ },
];

export const monitoringRules: PlanRule[] = [
  {
    number: 10,
    title: 'Everything is tagged with project, environment, tool and owner',
    findFaults: (plan) => [
      ...plan.resources
        .filter(({ values }) => 'tags_all' in values)
        .filter((one) => TAGS.some((tag) => typeof one.get(`tags_all.${tag}`) !== 'string'))
        .map(({ address }) => ({ at: address, message: `It lacks one of ${TAGS.join(', ')}.` })),
      ...faultsOf(
        plan,
        ['aws_autoscaling_group'],
        (group) => TAGS.every((tag) => tagsOfInstances(group).has(tag)),
        `What it starts lacks one of ${TAGS.join(', ')}.`,
      ),
    ],
  },
  {
    number: 40,
    title: 'Every alarm tells somebody, and there is one for all that must be told',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_cloudwatch_metric_alarm'],
        (alarm) => alarm.get('actions_enabled') === true && alarm.list('alarm_actions').length > 0,
        'It tells nobody.',
      ),
      ...faultsOf(
        plan,
        ['aws_cloudwatch_metric_alarm'],
        (alarm) => alarm.text('alarm_description').includes('docs/infrastructure.md'),
        'Its description does not lead to what is to be done.',
      ),
      ...faultsOf(
        plan,
        ['aws_cloudwatch_metric_alarm'],
        (alarm) => alarm.text('treat_missing_data') !== '',
        'It does not say what missing data means.',
      ),
      ...untold(plan),
    ],
  },
];

function tagsOfInstances(group: Resource): Set<string> {
  const tags = group.list('tag') as { key: string; propagate_at_launch: boolean }[];
  return new Set(tags.filter((tag) => tag.propagate_at_launch).map(({ key }) => key));
}

function untold(plan: Plan): Fault[] {
  const names = plan.ofType('aws_cloudwatch_metric_alarm').map((alarm) => alarm.text('alarm_name'));
  // A root without a gateway has nothing of this to watch.
  if (plan.ofType('aws_cloudfront_distribution').length === 0) return [];
  return TOLD.filter((one) => one.for === undefined || plan.ofType(one.for).length > 0)
    .filter(({ alarm }) => !names.some((name) => alarm.test(name)))
    .map(({ what }) => ({ at: 'alarms', message: `Nobody is told of ${what}.` }));
}
