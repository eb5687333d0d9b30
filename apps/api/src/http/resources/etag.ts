import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../../domain/errors.ts';

const ETAG = /^(?:W\/)?"v(\d{1,15})"$/;

export function etagOf(resource: { version: number }): string {
  return `"v${resource.version}"`;
}

/** The version that `If-Match` asks for; null without the header or with `*`. Throws `version_conflict` for a tag that is none of ours. */
export function expectedVersionOf(headers: IncomingHttpHeaders): number | null {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return null;
  const version = ETAG.exec(given.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new GatewayError(
    'version_conflict',
    'If-Match must be the ETag of an earlier answer, such as "v3".',
  );
}
