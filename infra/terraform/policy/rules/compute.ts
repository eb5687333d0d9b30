import type { Plan, Resource } from '../read-plan.ts';
import { faultsOf, type PlanRule } from '../rule.ts';

const HOSTS = ['aws_instance', 'aws_launch_template'];
const VOLUMES: Record<string, string[]> = {
  aws_instance: ['root_block_device', 'ebs_block_device'],
  aws_launch_template: ['block_device_mappings'],
};

export const computeRules: PlanRule[] = [
  {
    number: 19,
    title: 'Metadata is given for tokens alone, one hop far',
    findFaults: (plan) =>
      faultsOf(
        plan,
        HOSTS,
        (host) =>
          host.get('metadata_options.0.http_tokens') === 'required' &&
          host.get('metadata_options.0.http_put_response_hop_limit') === 1,
        'metadata_options want http_tokens = "required" and a hop limit of 1.',
      ),
  },
  {
    number: 20,
    title: 'Volumes are encrypted, and gp3',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_ebs_volume'],
        (volume) => volume.get('encrypted') === true && volume.get('type') === 'gp3',
        'It is not encrypted, or not gp3.',
      ),
      ...faultsOf(plan, HOSTS, hasGoodVolumes, 'A volume is not encrypted, or not gp3.'),
    ],
  },
  {
    number: 21,
    title: 'Hosts have a profile, close watching and a way to their volumes of their own',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_instance'],
        (host) =>
          host.text('iam_instance_profile') !== '' &&
          host.get('monitoring') === true &&
          host.get('ebs_optimized') === true,
        'It wants iam_instance_profile, monitoring and ebs_optimized.',
      ),
      ...faultsOf(
        plan,
        ['aws_launch_template'],
        (host) =>
          host.text('iam_instance_profile.0.name') !== '' &&
          host.get('monitoring.0.enabled') === true &&
          String(host.get('ebs_optimized')) === 'true',
        'It wants iam_instance_profile, monitoring and ebs_optimized.',
      ),
    ],
  },
  {
    number: 22,
    title: 'No secret is in user data',
    findFaults: (plan) =>
      faultsOf(
        plan,
        HOSTS,
        (host) => !holdsSecret(host.text('user_data'), plan),
        'Its user data holds what looks like a secret.',
      ),
  },
  {
    number: 23,
    title: 'Images come from a named owner',
    findFaults: (plan) =>
      faultsOf(
        plan,
        HOSTS,
        (host) => isOfNamedOwner(host.get('ami') ?? host.get('image_id'), plan),
        'Its image is found in no list with an owner, and given by no variable.',
      ),
  },
  {
    number: 24,
    title: 'Every fixed address is attached',
    findFaults: (plan) =>
      faultsOf(
        plan,
        ['aws_eip'],
        (address) =>
          ['aws_eip_association', 'aws_nat_gateway'].some((type) =>
            plan.has(type, 'allocation_id', address.get('id')),
          ),
        'Nothing uses it.',
      ),
  },
];

function hasGoodVolumes(host: Resource): boolean {
  const blocks = (VOLUMES[host.type] ?? []).flatMap((name) => host.list(name));
  const volumes = blocks.map((block) => {
    const { ebs } = block as { ebs?: Record<string, unknown>[] };
    return ebs?.[0] ?? (block as Record<string, unknown>);
  });
  return (
    volumes.length > 0 &&
    volumes.every(
      ({ encrypted, volume_type }) => String(encrypted) === 'true' && volume_type === 'gp3',
    )
  );
}

/** Keys of AWS, private keys, and the values of variables that are named after secrets. */
function holdsSecret(encoded: string, plan: Plan): boolean {
  const text = `${encoded}\n${Buffer.from(encoded, 'base64').toString('utf8')}`;
  const secrets = Object.entries(plan.variables)
    .filter(([name, value]) => /secret$|password|token/.test(name) && typeof value === 'string')
    .map(([, value]) => value as string);
  return (
    /\bA(KI|SI)A[A-Z0-9]{16}\b|PRIVATE KEY-----/.test(text) ||
    secrets.some((secret) => text.includes(secret))
  );
}

function isOfNamedOwner(image: unknown, plan: Plan): boolean {
  const given = JSON.stringify([plan.variables['instance'], plan.variables['instances']]);
  if (typeof image === 'string' && given.includes(`"${image}"`)) return true;
  return plan.data.some(
    (one) =>
      one.type === 'aws_ami' &&
      one.get('id') === image &&
      one.list('owners').length > 0 &&
      one.list('owners').every((owner) => /^\d{12}$/.test(String(owner))),
  );
}
