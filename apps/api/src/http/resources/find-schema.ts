import type { Resource } from '../../domain/resources.ts';
import type { Services } from '../services.ts';
import { notFound } from './find-resource.ts';
import { listAll } from './list-all.ts';

/** One version of an event type's schema. Rejects with `not_found`. */
export async function findSchema(
  services: Pick<Services, 'store'>,
  eventType: string,
  version: string,
): Promise<Resource<'event-schema'>> {
  const schemas = await listAll(services, 'event-schema', eventType);
  return (
    schemas.find(({ name }) => name === version) ??
    notFound(`The event type ${eventType} has no schema version ${version}.`)
  );
}
