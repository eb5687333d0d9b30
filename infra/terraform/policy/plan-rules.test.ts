import { describe, expect, it } from '@jest/globals';
import { findInPlan, PLAN_RULES } from './apply-rules.ts';
import { goodResources, planJson, SECRET, type Values } from './good-plan.ts';
import { readPlan } from './read-plan.ts';

type Case = [rule: number, what: string, address: string, change: Values | null];

const grant = (Action: string, Resource: string, more: Values = {}): Values => ({
  policy: JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource, ...more } }),
});
const trust = (equals: Values): Values => ({
  assume_role_policy: JSON.stringify({
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Condition: equals },
  }),
});
const EDGE = 'aws_cloudfront_distribution.this';
const RULE = 'aws_vpc_security_group_ingress_rule.web';

/** What is changed in a good plan; null takes the resource away. */
const CASES: Case[] = [
  [10, 'a network without an owner', 'aws_vpc.this', { tags_all: { Project: 'p' } }],
  [
    10,
    'instances of a group that are known by nothing',
    'aws_autoscaling_group.app',
    { tag: [{ key: 'Project', propagate_at_launch: false }] },
  ],
  [11, 'SSH for everyone', RULE, { from_port: 22, to_port: 22 }],
  [
    11,
    'PostgreSQL for everyone over IPv6',
    RULE,
    { cidr_ipv4: null, cidr_ipv6: '::/0', from_port: 5432, to_port: 5432 },
  ],
  [
    11,
    'an open rule inside a group',
    'aws_security_group.app',
    { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] },
  ],
  [11, 'a rule of the older kind', 'aws_security_group_rule.x', {}],
  [12, 'a rule without a description', RULE, { description: '' }],
  [13, 'all ports for a group', RULE, { cidr_ipv4: null, ip_protocol: '-1' }],
  [14, 'rules in the default group', 'aws_default_security_group.this', { ingress: [{}] }],
  [15, 'a network without a flow log', 'aws_flow_log.this', null],
  [
    16,
    'a subnet that gives public addresses',
    'aws_subnet.public',
    { map_public_ip_on_launch: true },
  ],
  [17, 'an access list without subnets', 'aws_network_acl.this', { subnet_ids: [] }],
  [
    17,
    'an access list that keeps answers out',
    'aws_network_acl_rule.answers',
    { from_port: 60000 },
  ],
  [
    17,
    'an access list that lets in everything',
    'aws_network_acl_rule.x',
    { network_acl_id: 'acl-1', egress: false, protocol: '-1', cidr_block: '0.0.0.0/0' },
  ],
  [18, 'a database in a public subnet', 'aws_db_subnet_group.this', { subnet_ids: ['subnet-1'] }],
  [
    18,
    'a database reached by addresses',
    'aws_vpc_security_group_ingress_rule.store',
    { referenced_security_group_id: null, cidr_ipv4: '10.0.0.0/8' },
  ],
  [
    19,
    'metadata without tokens',
    'aws_instance.this',
    { metadata_options: [{ http_tokens: 'optional', http_put_response_hop_limit: 1 }] },
  ],
  [
    19,
    'metadata two hops far',
    'aws_launch_template.app',
    { metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 2 }] },
  ],
  [20, 'a volume in the clear', 'aws_ebs_volume.data', { encrypted: false }],
  [
    20,
    'an instance with a gp2 volume',
    'aws_instance.this',
    { root_block_device: [{ encrypted: true, volume_type: 'gp2' }] },
  ],
  [20, 'a template that names no volume', 'aws_launch_template.app', { block_device_mappings: [] }],
  [21, 'an instance without a profile', 'aws_instance.this', { iam_instance_profile: '' }],
  [
    21,
    'a template without close watching',
    'aws_launch_template.app',
    { monitoring: [{ enabled: false }] },
  ],
  [22, 'a secret in user data', 'aws_instance.this', { user_data: `echo ${SECRET}` }],
  [
    22,
    'a private key in encoded user data',
    'aws_launch_template.app',
    { user_data: Buffer.from('-----BEGIN PRIVATE KEY-----').toString('base64') },
  ],
  [23, 'an image of nobody', 'aws_instance.this', { ami: 'ami-2' }],
  [24, 'an address that nothing uses', 'aws_eip_association.this', null],
  [
    25,
    'a bucket with three blocks',
    'aws_s3_bucket_public_access_block.this',
    { restrict_public_buckets: false },
  ],
  [
    26,
    'backups with S3’s own key',
    'aws_s3_bucket_server_side_encryption_configuration.this',
    { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }] },
  ],
  [
    27,
    'a bucket without versions',
    'aws_s3_bucket_versioning.this',
    { versioning_configuration: [{ status: 'Suspended' }] },
  ],
  [
    28,
    'a bucket that keeps unfinished uploads',
    'aws_s3_bucket_lifecycle_configuration.this',
    { rule: [{}] },
  ],
  [29, 'a bucket that logs nothing', 'aws_s3_bucket_logging.this', null],
  [
    30,
    'a bucket with access lists',
    'aws_s3_bucket_ownership_controls.this',
    { rule: [{ object_ownership: 'ObjectWriter' }] },
  ],
  [
    30,
    'a bucket that takes plain HTTP',
    'aws_s3_bucket_policy.this',
    { policy: '{"Statement":[]}' },
  ],
  [31, 'a bucket that goes with what is in it', 'aws_s3_bucket.this', { force_destroy: true }],
  [31, 'a database that leaves no snapshot', 'aws_db_instance.this', { skip_final_snapshot: true }],
  [
    32,
    'a behaviour with plain HTTP',
    EDGE,
    {
      ordered_cache_behavior: [
        { viewer_protocol_policy: 'allow-all', response_headers_policy_id: 'h' },
      ],
    },
  ],
  [
    33,
    'TLS 1.0 at the edge',
    EDGE,
    { viewer_certificate: [{ minimum_protocol_version: 'TLSv1' }] },
  ],
  [
    34,
    'a bucket read without a signature',
    EDGE,
    { origin: [{ origin_access_control_id: '', custom_origin_config: [] }] },
  ],
  [
    34,
    'a behaviour without headers',
    EDGE,
    {
      default_cache_behavior: [
        { viewer_protocol_policy: 'https-only', response_headers_policy_id: '' },
      ],
    },
  ],
  [34, 'an edge without access logs', 'aws_cloudwatch_log_delivery_source.this', null],
  [34, 'an edge without a firewall', EDGE, { web_acl_id: '' }],
  [34, 'an edge without a root object', EDGE, { default_root_object: '' }],
  [
    35,
    'plain HTTP to the origin of a domain',
    EDGE,
    {
      origin: [
        {
          origin_access_control_id: '',
          custom_origin_config: [
            { origin_protocol_policy: 'http-only', origin_ssl_protocols: ['TLSv1.2'] },
          ],
        },
      ],
    },
  ],
  [
    36,
    'a listener in the clear',
    'aws_lb_listener.this',
    { protocol: 'HTTP', default_action: [{ type: 'forward' }] },
  ],
  [
    36,
    'a load balancer that passes malformed headers',
    'aws_lb.this',
    { drop_invalid_header_fields: false },
  ],
  [
    36,
    'a load balancer of production without protection',
    'aws_lb.this',
    { enable_deletion_protection: false },
  ],
  ...Object.entries({
    storage_encrypted: false,
    publicly_accessible: true,
    backup_retention_period: 1,
    iam_database_authentication_enabled: false,
    parameter_group_name: 'default',
    auto_minor_version_upgrade: false,
    enabled_cloudwatch_logs_exports: [],
    deletion_protection: false,
    multi_az: false,
    manage_master_user_password: null,
  }).map(([name, value]): Case => [
    37,
    `a database with another ${name}`,
    'aws_db_instance.this',
    { [name]: value },
  ]),
  ...Object.entries({
    transit_encryption_enabled: false,
    at_rest_encryption_enabled: 'false',
    automatic_failover_enabled: false,
    snapshot_retention_limit: 0,
  }).map(([name, value]): Case => [
    37,
    `a cache with another ${name}`,
    'aws_elasticache_replication_group.this',
    { [name]: value },
  ]),
  [38, 'all actions', 'aws_iam_role_policy.deploy', grant('*', 'arn:aws:s3:::a')],
  [38, 'all actions of a service', 'aws_iam_role_policy.deploy', grant('s3:*', 'arn:aws:s3:::a')],
  [38, 'an action on all resources', 'aws_iam_role_policy.deploy', grant('s3:GetObject', '*')],
  [
    38,
    'metrics without a namespace',
    'aws_iam_role_policy.deploy',
    grant('cloudwatch:PutMetricData', '*'),
  ],
  [
    38,
    'all but some actions',
    'aws_iam_role_policy.deploy',
    grant('', 'a', { NotAction: 's3:GetObject' }),
  ],
  [38, 'rights of a user', 'aws_iam_user_policy.x', {}],
  [
    38,
    'trust in any branch',
    'aws_iam_role.deploy',
    trust({ StringEquals: { 'i:aud': 'sts.amazonaws.com', 'i:sub': 'repo:a/b:*' } }),
  ],
  [
    38,
    'trust in a likeness',
    'aws_iam_role.deploy',
    trust({
      StringEquals: { 'i:aud': 'sts.amazonaws.com' },
      StringLike: { 'i:sub': 'repo:a/b:*' },
    }),
  ],
  [
    38,
    'trust without an audience',
    'aws_iam_role.deploy',
    trust({ StringEquals: { 'i:sub': 'repo:a/b:environment:production' } }),
  ],
  [39, 'a key that never turns', 'aws_kms_key.this', { enable_key_rotation: false }],
  [39, 'logs for ever', 'aws_cloudwatch_log_group.this', { retention_in_days: 0 }],
  [39, 'a topic in the clear', 'aws_sns_topic.this', { kms_master_key_id: null }],
  [39, 'a secret parameter without a key of ours', 'aws_ssm_parameter.this', { key_id: '' }],
  [40, 'an alarm that tells nobody', 'aws_cloudwatch_metric_alarm.disk', { alarm_actions: [] }],
  [
    40,
    'an alarm that leads nowhere',
    'aws_cloudwatch_metric_alarm.disk',
    { alarm_description: 'Disk' },
  ],
  [
    40,
    'an alarm silent about silence',
    'aws_cloudwatch_metric_alarm.disk',
    { treat_missing_data: '' },
  ],
  [40, 'no alarm about memory', 'aws_cloudwatch_metric_alarm.memory', null],
];

describe('rules over plans', () => {
  it('find nothing in a good plan', () => {
    expect(findInPlan(readPlan(planJson(goodResources())))).toEqual([]);
  });

  it.each(CASES)('rule %i refuses %s', (rule, _what, address, change) => {
    const { [address]: before, ...others } = goodResources();
    const resources = change === null ? others : { ...others, [address]: { ...before, ...change } };
    const found = findInPlan(readPlan(planJson(resources)));
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  it('are all held by a case that breaks them', () => {
    const broken = new Set(CASES.map(([rule]) => rule));
    expect(PLAN_RULES.map(({ number }) => number).filter((one) => !broken.has(one))).toEqual([]);
  });

  it('are numbered from 10 to 40, each once', () => {
    expect(PLAN_RULES.map(({ number }) => number)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 10),
    );
  });
});
