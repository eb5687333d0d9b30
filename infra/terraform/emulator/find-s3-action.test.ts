import { describe, expect, it } from '@jest/globals';
import { findS3Action } from './find-s3-action.ts';

const CASES: [method: string, url: string, action: string | undefined][] = [
  ['GET', '/', 'ListBuckets'],
  ['PUT', '/a', 'CreateBucket'],
  ['HEAD', '/a', 'HeadBucket'],
  ['DELETE', '/a/', 'DeleteBucket'],
  ['GET', '/a?policy=', 'GetBucketPolicy'],
  ['PUT', '/a?publicAccessBlock', 'PutPublicAccessBlock'],
  ['DELETE', '/a?lifecycle', 'DeleteBucketLifecycleConfiguration'],
  ['GET', '/a?list-type=2', 'ListObjectsV2'],
  ['GET', '/a?versions', 'ListObjectVersions'],
  ['POST', '/a?delete', 'DeleteObjects'],
  ['PUT', '/a/b/c', 'PutObject'],
  ['GET', '/a/b/c?versionId=1', 'GetObject'],
  ['GET', '/a/b?tagging', 'GetObjectTagging'],
  ['POST', '/', undefined],
];

describe('what S3 is asked for', () => {
  it.each(CASES)('%s %s is %s', (method, address, action) => {
    const { pathname: path, searchParams: query } = new URL(address, 'http://emulator');
    const call = {
      service: 's3',
      region: 'r',
      caller: 'c',
      method,
      path,
      query,
      headers: {},
      body: Buffer.of(),
    };
    expect(findS3Action(call)).toBe(action);
  });
});
