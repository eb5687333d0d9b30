import type { Plan, Resource } from '../read-plan.ts';
import { faultsOf, type PlanRule } from '../rule.ts';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const RULES = [INGRESS, 'aws_vpc_security_group_egress_rule'];
const NEVER_OPEN = [22, 3389, 5432, 6379];
const WEB = [80, 443];

export const networkRules: PlanRule[] = [
  {
    number: 11,
    title: 'Nothing but the web is open to everyone',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        [INGRESS],
        (rule) => !isFromEveryone(rule) || isOneOf(rule, WEB),
        'It lets everyone in.',
      ),
      // Rules inside a group, or of the older kind, are seen by no other rule of this file.
      ...faultsOf(
        plan,
        ['aws_security_group'],
        (group) => group.list('ingress').every((one) => !isInlineAndOpen(one)),
        'It holds rules of its own that let everyone in; make each rule a resource.',
      ),
      ...faultsOf(plan, ['aws_security_group_rule'], () => false, `Use ${INGRESS} instead.`),
    ],
  },
  {
    number: 12,
    title: 'Groups and rules say what they are for',
    findFaults: (plan) =>
      faultsOf(
        plan,
        [...RULES, 'aws_security_group'],
        (one) =>
          one.text('description') !== '' && one.text('description') !== 'Managed by Terraform',
        'It has no description.',
      ),
  },
  {
    number: 13,
    title: 'No rule lets in all ports',
    findFaults: (plan) =>
      faultsOf(
        plan,
        [INGRESS],
        (rule) =>
          rule.text('ip_protocol') !== '-1' &&
          Number(rule.get('to_port')) - Number(rule.get('from_port')) < 1024,
        'It lets in (nearly) all ports.',
      ),
  },
  {
    number: 14,
    title: 'The default group of a network has no rules',
    findFaults: (plan) =>
      faultsOf(
        plan,
        ['aws_vpc'],
        (vpc) =>
          plan
            .ofType('aws_default_security_group')
            .some(
              (group) =>
                group.get('vpc_id') === vpc.get('id') &&
                group.list('ingress').length === 0 &&
                group.list('egress').length === 0,
            ),
        'Its default group is not emptied.',
      ),
  },
  {
    number: 15,
    title: 'Every network has a flow log',
    findFaults: (plan) =>
      faultsOf(
        plan,
        ['aws_vpc'],
        (vpc) => plan.has('aws_flow_log', 'vpc_id', vpc.get('id')),
        'It has no flow log.',
      ),
  },
  {
    number: 16,
    title: 'Subnets give no public addresses on their own',
    findFaults: (plan) =>
      faultsOf(
        plan,
        ['aws_subnet'],
        (subnet) => subnet.get('map_public_ip_on_launch') === false,
        'map_public_ip_on_launch is on.',
      ),
  },
  {
    number: 17,
    title: 'Access lists are attached, closed to SSH, and open to answers',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_network_acl'],
        (list) => list.list('subnet_ids').length > 0,
        'It is attached to no subnet.',
      ),
      ...faultsOf(
        plan,
        ['aws_network_acl'],
        (list) =>
          ingressOf(plan, list).some((rule) => isFromEveryone(rule) && covers(rule, 1024, 65535)),
        'Answers on ports 1024 to 65535 do not come in.',
      ),
      ...faultsOf(
        plan,
        ['aws_network_acl_rule'],
        (rule) => rule.get('egress') === true || !isFromEveryone(rule) || !isWide(rule),
        'It lets everyone in on all protocols, or on port 22.',
      ),
    ],
  },
  {
    number: 18,
    title: 'Stores are reached by the gateway alone',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_db_subnet_group', 'aws_elasticache_subnet_group'],
        (group) => group.list('subnet_ids').every((id) => !publicSubnets(plan).has(id)),
        'It lies in a subnet with a way from the internet.',
      ),
      ...faultsOf(
        plan,
        [INGRESS],
        (rule) => !isOfStore(plan, rule) || rule.text('referenced_security_group_id') !== '',
        'It lets addresses, and not a group, reach a store.',
      ),
    ],
  },
];

function isFromEveryone(rule: Resource): boolean {
  return [
    rule.get('cidr_ipv4'),
    rule.get('cidr_ipv6'),
    rule.get('cidr_block'),
    rule.get('ipv6_cidr_block'),
  ].some((range) => range === '0.0.0.0/0' || range === '::/0');
}

function isOneOf(rule: Resource, ports: readonly number[]): boolean {
  return (
    rule.text('ip_protocol') === 'tcp' &&
    rule.get('from_port') === rule.get('to_port') &&
    ports.includes(Number(rule.get('from_port'))) &&
    !NEVER_OPEN.includes(Number(rule.get('from_port')))
  );
}

function isInlineAndOpen(rule: unknown): boolean {
  const text = JSON.stringify(rule);
  return text.includes('"0.0.0.0/0"') || text.includes('"::/0"');
}

function covers(rule: Resource, from: number, to: number): boolean {
  return Number(rule.get('from_port')) <= from && Number(rule.get('to_port')) >= to;
}

const isWide = (rule: Resource): boolean =>
  ['-1', 'all'].includes(rule.text('protocol')) || covers(rule, 22, 22);

const ingressOf = (plan: Plan, list: Resource): Resource[] =>
  plan
    .ofType('aws_network_acl_rule')
    .filter(
      (rule) => rule.get('network_acl_id') === list.get('id') && rule.get('egress') === false,
    );

/** Subnets whose route table leads to an internet gateway. */
function publicSubnets(plan: Plan): Set<unknown> {
  const open = new Set(
    plan
      .ofType('aws_route')
      .filter((route) => route.text('gateway_id').startsWith('igw-'))
      .map((route) => route.get('route_table_id')),
  );
  const associations = plan.ofType('aws_route_table_association');
  return new Set(
    associations
      .filter((one) => open.has(one.get('route_table_id')))
      .map((one) => one.get('subnet_id')),
  );
}

function isOfStore(plan: Plan, rule: Resource): boolean {
  const group = rule.get('security_group_id');
  const stores = [
    ...plan.ofType('aws_db_instance').flatMap((one) => one.list('vpc_security_group_ids')),
    ...plan
      .ofType('aws_elasticache_replication_group')
      .flatMap((one) => one.list('security_group_ids')),
  ];
  return stores.includes(group);
}
