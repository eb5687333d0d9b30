import type { Client } from '../../../infra/terraform/emulator/open-client.ts';
import type { Checks } from './checks.ts';
import type { Root } from './open-root.ts';

interface Deployment {
  shape: string;
  artifacts_bucket: string;
  backups_bucket: string;
  frontend_bucket: string;
  distribution_id: string;
  instance_id: string | null;
  scaling_group_name: string | null;
  database: { address: string; secret_arn: string } | null;
  cache_address: string | null;
}

/** Reads what a deployment reads, and asks the emulator for everything that it names. */
export async function checkOutputs(
  root: Root,
  client: Client,
  shape: 'box' | 'fleet',
  { count }: Checks,
): Promise<void> {
  const { output } = await root.run('output', '-json', 'deployment');
  const deployment = JSON.parse(output) as Deployment;
  const missing: string[] = [];
  for (const name of ['artifacts_bucket', 'backups_bucket', 'frontend_bucket'] as const) {
    const [status] = await client.rest('s3', 'HEAD', `/${deployment[name]}`);
    if (status !== 200) missing.push(`${name} ${deployment[name]}`);
  }
  const distribution = `/2020-05-31/distribution/${deployment.distribution_id}`;
  const [status] = await client.rest('cloudfront', 'GET', distribution);
  if (status !== 200) missing.push(`distribution_id ${deployment.distribution_id}`);
  missing.push(...(await (shape === 'box' ? ofBox : ofFleet)(deployment, client)));
  count(
    `what the outputs of the ${shape} name is there`,
    deployment.shape === shape && missing.length === 0,
    `${missing.join(', ')} is missing in ${output}`,
  );
}

async function ofBox({ instance_id }: Deployment, client: Client): Promise<string[]> {
  const instances = await client.query('ec2', 'DescribeInstances', {
    'InstanceId.1': instance_id ?? '',
  });
  return instances.includes('<name>running</name>') ? [] : [`instance_id ${String(instance_id)}`];
}

async function ofFleet(deployment: Deployment, client: Client): Promise<string[]> {
  const { scaling_group_name: name, database, cache_address } = deployment;
  const groups = await client.query('autoscaling', 'DescribeAutoScalingGroups', {
    'AutoScalingGroupNames.member.1': name ?? '',
  });
  const secret = await client
    .json('secretsmanager', 'secretsmanager.DescribeSecret', { SecretId: database?.secret_arn })
    .catch(() => null);
  return [
    ...(groups.includes(`<AutoScalingGroupName>${name ?? ''}<`) ? [] : ['scaling_group_name']),
    ...(secret !== null && database?.address ? [] : ['database']),
    ...(cache_address ? [] : ['cache_address']),
  ];
}
