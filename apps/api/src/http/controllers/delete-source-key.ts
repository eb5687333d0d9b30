import type { Answer, Input } from '../exchange.ts';
import { findResource, notFound } from '../resources/find-resource.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { showSourceKey } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

/** Revokes a key: this process refuses it at once, the others within a second. */
export async function deleteSourceKey(
  services: Services,
  input: Input<{ sourceId: string; keyId: string }>,
): Promise<Answer> {
  const { sourceId, keyId } = input.params;
  const key = await findResource(services, 'source-key', keyId);
  if (key.parentId !== sourceId) return notFound(`The source ${sourceId} has no key ${keyId}.`);
  return deleteResource(services, input, showSourceKey, key);
}
