import { GatewayError } from '../../domain/errors.ts';
import type { Resource, ResourceKind } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** The record of this id, from the store. Rejects with `not_found`. */
export async function findResource<K extends ResourceKind>(
  services: Pick<Services, 'store'>,
  kind: K,
  id: string,
): Promise<Resource<K>> {
  return (await services.store.getResource(kind, id)) ?? notFound(`There is no ${kind} ${id}.`);
}

/** Throws `not_found`. */
export function notFound(message: string): never {
  throw new GatewayError('not_found', message);
}
