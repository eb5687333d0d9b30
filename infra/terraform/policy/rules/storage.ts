import type { Plan, Resource } from '../read-plan.ts';
import { readPolicy } from '../read-policy.ts';
import { faultsOf, type PlanRule } from '../rule.ts';

const BUCKETS = ['aws_s3_bucket'];
const BLOCKS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];

/** The resource of this type that belongs to a bucket. */
function partOf(plan: Plan, type: string, bucket: Resource): Resource | undefined {
  return plan.ofType(type).find((one) => one.get('bucket') === bucket.get('bucket'));
}

export const storageRules: PlanRule[] = [
  {
    number: 25,
    title: 'No bucket can be made public',
    findFaults: (plan) =>
      faultsOf(
        plan,
        BUCKETS,
        (bucket) => {
          const block = partOf(plan, 'aws_s3_bucket_public_access_block', bucket);
          return block !== undefined && BLOCKS.every((name) => block.get(name) === true);
        },
        'It lacks one of the four blocks.',
      ),
  },
  {
    number: 26,
    title: 'Buckets are encrypted, with a key of ours where builds, backups and state lie',
    findFaults: (plan) =>
      faultsOf(
        plan,
        BUCKETS,
        (bucket) => {
          const type = 'aws_s3_bucket_server_side_encryption_configuration';
          const by = 'rule.0.apply_server_side_encryption_by_default.0';
          const encryption = partOf(plan, type, bucket);
          const wantsKey = /(backups|artifacts|state)$/.test(bucket.text('bucket'));
          return wantsKey
            ? encryption?.get(`${by}.sse_algorithm`) === 'aws:kms' &&
                encryption.text(`${by}.kms_master_key_id`) !== ''
            : encryption !== undefined;
        },
        'It is not encrypted, or not with a key of ours.',
      ),
  },
  {
    number: 27,
    title: 'Buckets keep versions',
    findFaults: (plan) =>
      faultsOf(
        plan,
        BUCKETS,
        (bucket) =>
          partOf(plan, 'aws_s3_bucket_versioning', bucket)?.get(
            'versioning_configuration.0.status',
          ) === 'Enabled',
        'It keeps no versions.',
      ),
  },
  {
    number: 28,
    title: 'Buckets forget, and give up unfinished uploads',
    findFaults: (plan) =>
      faultsOf(
        plan,
        BUCKETS,
        (bucket) =>
          partOf(plan, 'aws_s3_bucket_lifecycle_configuration', bucket)
            ?.list('rule')
            .some((rule) => {
              const { abort_incomplete_multipart_upload: abort = [] } = rule as Record<
                string,
                unknown[]
              >;
              return abort.length > 0;
            }) ?? false,
        'No rule of its life cycle gives up unfinished uploads.',
      ),
  },
  {
    number: 29,
    title: 'Access to buckets is logged',
    findFaults: (plan) =>
      faultsOf(
        plan,
        BUCKETS,
        (bucket) =>
          partOf(plan, 'aws_s3_bucket_logging', bucket) !== undefined ||
          // The one that takes the logs would log itself for ever.
          plan.has('aws_s3_bucket_logging', 'target_bucket', bucket.get('bucket')),
        'Access to it is not logged.',
      ),
  },
  {
    number: 30,
    title: 'Buckets know no access lists, and nothing but TLS',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        BUCKETS,
        (bucket) =>
          partOf(plan, 'aws_s3_bucket_ownership_controls', bucket)?.get(
            'rule.0.object_ownership',
          ) === 'BucketOwnerEnforced',
        'Access lists work on it.',
      ),
      ...faultsOf(
        plan,
        BUCKETS,
        (bucket) => refusesPlainHttp(plan, bucket),
        'It takes requests without TLS.',
      ),
    ],
  },
  {
    number: 31,
    title: 'In production nothing is deleted with what is in it',
    findFaults: (plan) =>
      plan.isProduction
        ? [
            ...faultsOf(
              plan,
              BUCKETS,
              (bucket) => bucket.get('force_destroy') !== true,
              'force_destroy is on.',
            ),
            ...faultsOf(
              plan,
              ['aws_db_instance'],
              (database) => database.get('skip_final_snapshot') === false,
              'skip_final_snapshot is on.',
            ),
          ]
        : [],
  },
];

function refusesPlainHttp(plan: Plan, bucket: Resource): boolean {
  const policy = partOf(plan, 'aws_s3_bucket_policy', bucket)?.text('policy') ?? '';
  return readPolicy(policy).some(
    ({ effect, actions, resources, condition }) =>
      effect === 'Deny' &&
      actions.includes('s3:*') &&
      resources.length === 2 &&
      condition['Bool']?.['aws:SecureTransport'] === 'false',
  );
}
