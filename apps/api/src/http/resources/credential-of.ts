import type { Resource } from '../../domain/resources.ts';
import type { Credential } from '../../ingest/accept-events.ts';

/** What a source may send. Its own URI is `/sources/<id>`. */
export function credentialOf({ id, body }: Resource<'source'>): Credential {
  return {
    sourceId: id,
    defaultSource: `/sources/${id}`,
    allowedSources: body.allowedSources,
    allowedTypes: body.allowedTypes,
    schemaPolicy: body.schemaPolicy,
  };
}
