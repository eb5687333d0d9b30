import { aws } from './aws.ts';

/** Has the content delivery network ask its origin again for these paths. Answers the id of the invalidation. */
export async function invalidate(distribution: string, paths: readonly string[]): Promise<string> {
  const { Invalidation } = await aws<{ Invalidation: { Id: string } }>(
    ...[
      'cloudfront',
      'create-invalidation',
      '--distribution-id',
      distribution,
      '--paths',
      ...paths,
    ],
  );
  return Invalidation.Id;
}
