import type { LoggedCall } from './call-log.ts';

/** Where a right is called otherwise than the service that is asked. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch' };

/** Where a right is called otherwise than the action. What S3 takes away from a bucket, it lets whoever may put it. */
const RIGHTS: Record<string, string> = {
  'cloudfront:CreateDistributionWithTags': 'CreateDistribution',
  's3:DeleteBucketEncryption': 'PutEncryptionConfiguration',
  's3:DeleteBucketLifecycleConfiguration': 'PutLifecycleConfiguration',
  's3:DeleteBucketOwnershipControls': 'PutBucketOwnershipControls',
  's3:DeleteObjects': 'DeleteObject',
  's3:DeletePublicAccessBlock': 'PutBucketPublicAccessBlock',
  's3:GetBucketAccelerateConfiguration': 'GetAccelerateConfiguration',
  's3:GetBucketCors': 'GetBucketCORS',
  's3:GetBucketEncryption': 'GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 'GetLifecycleConfiguration',
  's3:GetBucketReplication': 'GetReplicationConfiguration',
  's3:GetObjectLockConfiguration': 'GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 'GetBucketPublicAccessBlock',
  's3:HeadBucket': 'ListBucket',
  's3:HeadObject': 'GetObject',
  's3:ListObjectVersions': 'ListBucketVersions',
  's3:ListObjectsV2': 'ListBucket',
  's3:PutBucketEncryption': 'PutEncryptionConfiguration',
  's3:PutBucketLifecycleConfiguration': 'PutLifecycleConfiguration',
  's3:PutObjectLockConfiguration': 'PutBucketObjectLockConfiguration',
  's3:PutPublicAccessBlock': 'PutBucketPublicAccessBlock',
};

/** The right that AWS asks for before it answers a call, such as `s3:ListBucket`. */
function permissionOf({ service, action }: Pick<LoggedCall, 'service' | 'action'>): string {
  const prefix = PREFIXES[service] ?? service;
  return `${prefix}:${RIGHTS[`${service}:${action}`] ?? action}`;
}

/** What AWS asks for beside a right, because a service does something for whoever calls it. No call shows these. */
const BESIDE: Record<string, readonly string[]> = {
  'acm:RequestCertificate': ['acm:AddTagsToCertificate'],
  'autoscaling:CreateAutoScalingGroup': ['ec2:RunInstances', 'iam:PassRole'],
  'ec2:RunInstances': ['ec2:CreateTags', 'iam:PassRole'],
  'logs:PutDeliverySource': ['cloudfront:AllowVendedLogDeliveryForResource'],
  // Our one parameter is sealed, and the provider reads and writes it open.
  'ssm:GetParameter': ['kms:Decrypt'],
  'ssm:PutParameter': ['kms:Encrypt', 'ssm:AddTagsToResource'],
};

/** All rights that a call wants. */
export function permissionsOf(call: Pick<LoggedCall, 'service' | 'action'>): string[] {
  const permission = permissionOf(call);
  return [permission, ...(BESIDE[permission] ?? [])];
}
