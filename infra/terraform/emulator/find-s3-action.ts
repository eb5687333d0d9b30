import type { Call } from './call.ts';

/** Part of a bucket that the query names, and what the reference calls it. */
const PARTS: Record<string, string> = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const VERBS: Record<string, string> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };
const ON_BUCKET: Record<string, string> = {
  GET: 'ListObjectsV2',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};
const ON_OBJECT: Record<string, string> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** S3 says what it wants by method, by the number of the path's parts, and by names in the query. */
export function findS3Action(call: Omit<Call, 'action'>): string | undefined {
  const [, bucket = '', ...key] = call.path.split('/');
  if (bucket === '') return call.method === 'GET' ? 'ListBuckets' : undefined;
  if (key.join('/') !== '') {
    if (call.query.has('tagging')) return `${VERBS[call.method] ?? ''}ObjectTagging`;
    return ON_OBJECT[call.method];
  }
  for (const [name, part] of Object.entries(PARTS)) {
    const verb = VERBS[call.method];
    if (call.query.has(name) && verb !== undefined) return `${verb}${part}`;
  }
  if (call.query.has('versions')) return 'ListObjectVersions';
  if (call.query.has('delete')) return 'DeleteObjects';
  if (call.query.has('uploads')) return 'ListMultipartUploads';
  return ON_BUCKET[call.method];
}
