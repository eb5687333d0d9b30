import { toWireTime } from '../../contract/from-domain.ts';
import type { Source, SourceKey } from '../../contract/sources.ts';
import type { Resource } from '../../domain/resources.ts';

/** A source as answers show it: the secret of its verification is only said to be set. */
export function showSource({ id, body, createdAt, updatedAt }: Resource<'source'>): Source {
  const { verification, ...rest } = body;
  return {
    id,
    ...rest,
    allowedSources: [...rest.allowedSources],
    allowedTypes: [...rest.allowedTypes],
    verification: verification && showVerification(verification),
    createdAt: toWireTime(createdAt),
    updatedAt: toWireTime(updatedAt),
  };
}

function showVerification(
  verification: NonNullable<Resource<'source'>['body']['verification']>,
): NonNullable<Source['verification']> {
  const shown: Partial<typeof verification> = { ...verification };
  delete shown.secret;
  return { ...shown, scheme: verification.scheme, secretSet: true };
}

/** A source key as answers show it: the key itself is never shown again. */
export function showSourceKey({ id, body, createdAt }: Resource<'source-key'>): SourceKey {
  return {
    id,
    name: body.name,
    createdAt: toWireTime(createdAt),
    expiresAt: body.expiresAt === null ? null : toWireTime(body.expiresAt),
  };
}
