import type { Client } from '../../../infra/terraform/emulator/open-client.ts';

/** Lists of everything that costs money or names the environment, and what in them is one thing that is left. */
const LISTS: [service: string, action: string, leftover: RegExp, more?: Record<string, string>][] =
  [
    ['ec2', 'DescribeVpcs', /<cidrBlock>10\.\d+\.\d+\.\d+\/\d+/g],
    ['ec2', 'DescribeVolumes', /<volumeId>[^<]+/g],
    ['ec2', 'DescribeAddresses', /<publicIp>[^<]+/g],
    ['ec2', 'DescribeNatGateways', /<state>(?!deleted)[^<]+/g],
    ['ec2', 'DescribeLaunchTemplates', /<launchTemplateId>[^<]+/g],
    ['ec2', 'DescribeInstances', /<name>(pending|running|stopping|stopped)</g],
    ['autoscaling', 'DescribeAutoScalingGroups', /<AutoScalingGroupName>[^<]+/g],
    [
      'elasticloadbalancing',
      'DescribeLoadBalancers',
      /<LoadBalancerArn>[^<]+/g,
      { Version: '2015-12-01' },
    ],
    [
      'elasticloadbalancing',
      'DescribeTargetGroups',
      /<TargetGroupArn>[^<]+/g,
      { Version: '2015-12-01' },
    ],
    ['rds', 'DescribeDBInstances', /<DBInstanceIdentifier>[^<]+/g],
    ['iam', 'ListRoles', /<RoleName>signalbox-[^<]+/g],
    ['monitoring', 'DescribeAlarms', /<AlarmName>[^<]+/g],
    ['sns', 'ListTopics', /<TopicArn>[^<]+/g],
  ];

/** What is still there that an environment made. Buckets are found by the prefix of their names. */
export async function findLeftovers(client: Client, bucketPrefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const [service, action, leftover, more] of LISTS) {
    const text = await client.query(service, action, more);
    for (const [left] of text.matchAll(leftover)) found.push(`${action}: ${left}`);
  }
  const [, buckets] = await client.rest('s3', 'GET', '/');
  for (const [, name = ''] of buckets.matchAll(/<Name>([^<]+)/g)) {
    if (name.startsWith(bucketPrefix)) found.push(`ListBuckets: ${name}`);
  }
  const groups = await client.json('logs', 'Logs_20140328.DescribeLogGroups');
  const { logGroups } = groups as { logGroups: { logGroupName: string }[] };
  for (const { logGroupName } of logGroups) found.push(`DescribeLogGroups: ${logGroupName}`);
  return found;
}
