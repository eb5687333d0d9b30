import type { PlanJson } from './read-plan.ts';

export type Values = Record<string, unknown>;

/** By address; the type stands before the dot. */
export type Resources = Record<string, Values>;

const tags_all = { Project: 'p', Environment: 'e', ManagedBy: 'terraform', Owner: 'o' };
const policy = (...Statement: unknown[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const SECRET = 'origin-secret-of-this-test-0123456789';

/** A small plan of production that breaks no rule: tests break it in one place each. */
export function goodResources(): Resources {
  return {
    ...network(),
    ...hosts(),
    ...bucket(),
    ...edge(),
    ...stores(),
    ...rights(),
    ...alarms(),
  };
}

export function planJson(resources: Resources): PlanJson {
  const open =
    (mode: 'managed' | 'data') =>
    ([address, values]: [string, Values]) => ({
      address,
      mode,
      type: address.split('.')[0] ?? '',
      values,
    });
  const image = { id: 'ami-1', owners: ['136693071363'] };
  return {
    variables: { environment: { value: 'production' }, origin_secret: { value: SECRET } },
    planned_values: {
      root_module: {
        child_modules: [{ resources: Object.entries(resources).map(open('managed')) }],
      },
    },
    prior_state: {
      values: { root_module: { resources: [open('data')(['aws_ami.debian', image])] } },
    },
  };
}

const network = (): Resources => ({
  'aws_vpc.this': { id: 'vpc-1', tags_all },
  'aws_flow_log.this': { vpc_id: 'vpc-1' },
  'aws_default_security_group.this': { vpc_id: 'vpc-1', ingress: [], egress: [] },
  'aws_subnet.public': { id: 'subnet-1', map_public_ip_on_launch: false },
  'aws_subnet.private': { id: 'subnet-2', map_public_ip_on_launch: false },
  'aws_route.internet': { route_table_id: 'rtb-1', gateway_id: 'igw-1' },
  'aws_route_table_association.public': { route_table_id: 'rtb-1', subnet_id: 'subnet-1' },
  'aws_network_acl.this': { id: 'acl-1', subnet_ids: ['subnet-1'] },
  'aws_network_acl_rule.answers': {
    network_acl_id: 'acl-1',
    egress: false,
    protocol: 'tcp',
    cidr_block: '0.0.0.0/0',
    from_port: 1024,
    to_port: 65535,
  },
  'aws_security_group.app': { id: 'sg-1', description: 'Gateway', ingress: [] },
  'aws_vpc_security_group_ingress_rule.web': {
    description: 'Web',
    security_group_id: 'sg-1',
    cidr_ipv4: '0.0.0.0/0',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  },
  'aws_vpc_security_group_ingress_rule.store': {
    description: 'Store',
    security_group_id: 'sg-2',
    referenced_security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 5432,
    to_port: 5432,
  },
});

const metadata_options = [{ http_tokens: 'required', http_put_response_hop_limit: 1 }];

const hosts = (): Resources => ({
  'aws_instance.this': {
    ami: 'ami-1',
    iam_instance_profile: 'p',
    monitoring: true,
    ebs_optimized: true,
    user_data: '#cloud-config',
    metadata_options,
    root_block_device: [{ encrypted: true, volume_type: 'gp3' }],
  },
  'aws_launch_template.app': {
    image_id: 'ami-1',
    iam_instance_profile: [{ name: 'p' }],
    monitoring: [{ enabled: true }],
    ebs_optimized: 'true',
    user_data: 'YQ==',
    metadata_options,
    block_device_mappings: [{ ebs: [{ encrypted: 'true', volume_type: 'gp3' }] }],
  },
  'aws_autoscaling_group.app': {
    tag: Object.keys(tags_all).map((key) => ({ key, propagate_at_launch: true })),
  },
  'aws_ebs_volume.data': { encrypted: true, type: 'gp3' },
  'aws_eip.this': { id: 'eip-1' },
  'aws_eip_association.this': { allocation_id: 'eip-1' },
});

const bucket = (): Resources => ({
  'aws_s3_bucket.this': { bucket: 'a-backups', force_destroy: false },
  'aws_s3_bucket_public_access_block.this': {
    bucket: 'a-backups',
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  },
  'aws_s3_bucket_server_side_encryption_configuration.this': {
    bucket: 'a-backups',
    rule: [
      {
        apply_server_side_encryption_by_default: [
          { sse_algorithm: 'aws:kms', kms_master_key_id: 'key' },
        ],
      },
    ],
  },
  'aws_s3_bucket_versioning.this': {
    bucket: 'a-backups',
    versioning_configuration: [{ status: 'Enabled' }],
  },
  'aws_s3_bucket_lifecycle_configuration.this': {
    bucket: 'a-backups',
    rule: [{ abort_incomplete_multipart_upload: [{}] }],
  },
  'aws_s3_bucket_logging.this': { bucket: 'a-backups', target_bucket: 'a-logs' },
  'aws_s3_bucket_ownership_controls.this': {
    bucket: 'a-backups',
    rule: [{ object_ownership: 'BucketOwnerEnforced' }],
  },
  'aws_s3_bucket_policy.this': {
    bucket: 'a-backups',
    policy: policy({
      Effect: 'Deny',
      Action: 's3:*',
      Resource: ['a', 'a/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  },
});

const edge = (): Resources => ({
  'aws_cloudfront_distribution.this': {
    arn: 'edge',
    aliases: ['a.example'],
    web_acl_id: 'acl',
    default_root_object: 'index.html',
    logging_config: [],
    viewer_certificate: [{ minimum_protocol_version: 'TLSv1.2_2021' }],
    default_cache_behavior: [
      { viewer_protocol_policy: 'redirect-to-https', response_headers_policy_id: 'h' },
    ],
    ordered_cache_behavior: [
      { viewer_protocol_policy: 'https-only', response_headers_policy_id: 'h' },
    ],
    origin: [
      { origin_access_control_id: 'oac', custom_origin_config: [] },
      {
        origin_access_control_id: '',
        custom_origin_config: [
          { origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] },
        ],
      },
    ],
  },
  'aws_cloudwatch_log_delivery_source.this': { resource_arn: 'edge' },
  'aws_lb.this': { drop_invalid_header_fields: true, enable_deletion_protection: true },
  'aws_lb_listener.this': { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
});

const stores = (): Resources => ({
  'aws_db_subnet_group.this': { subnet_ids: ['subnet-2'] },
  'aws_db_parameter_group.this': { name: 'g', parameter: [{ name: 'rds.force_ssl', value: '1' }] },
  'aws_db_instance.this': {
    storage_encrypted: true,
    publicly_accessible: false,
    backup_retention_period: 14,
    iam_database_authentication_enabled: true,
    parameter_group_name: 'g',
    auto_minor_version_upgrade: true,
    enabled_cloudwatch_logs_exports: ['postgresql'],
    deletion_protection: true,
    multi_az: true,
    manage_master_user_password: true,
    skip_final_snapshot: false,
    vpc_security_group_ids: ['sg-2'],
  },
  'aws_elasticache_replication_group.this': {
    transit_encryption_enabled: true,
    at_rest_encryption_enabled: 'true',
    automatic_failover_enabled: true,
    snapshot_retention_limit: 1,
    security_group_ids: [],
  },
});

const rights = (): Resources => ({
  'aws_iam_role.deploy': {
    assume_role_policy: policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'i:aud': 'sts.amazonaws.com',
          'i:sub': ['repo:a@1/b@2:environment:production'],
        },
      },
    }),
  },
  'aws_iam_role_policy.deploy': {
    policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }),
  },
  'aws_kms_key.this': {
    enable_key_rotation: true,
    policy: policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
  },
  'aws_cloudwatch_log_group.this': { retention_in_days: 30, kms_key_id: 'key' },
  'aws_sns_topic.this': { kms_master_key_id: 'key' },
  'aws_ssm_parameter.this': { type: 'SecureString', key_id: 'key' },
});

/** Alarms by the end of their names. */
const ALARM_NAMES = [
  'not-ready',
  'server-errors',
  'slow-acceptance',
  'cpu',
  'cpu-credits',
  'memory',
  'disk',
  'system-check',
  'backlog-age',
  'dead-letters',
  'conservation',
  'worker-restarts',
  'backup-age',
  'ssh-failures',
];

const alarms = (): Resources =>
  Object.fromEntries(
    ALARM_NAMES.map((name) => [
      `aws_cloudwatch_metric_alarm.${name}`,
      {
        alarm_name: `a-${name}`,
        actions_enabled: true,
        alarm_actions: ['topic'],
        treat_missing_data: 'breaching',
        alarm_description: 'See docs/infrastructure.md.',
      },
    ]),
  );
