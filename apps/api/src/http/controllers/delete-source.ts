import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { showSource } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

/** Its keys and tokens stop working; its events stay. */
export async function deleteSource(
  services: Services,
  input: Input<{ sourceId: string }>,
): Promise<Answer> {
  const source = await findResource(services, 'source', input.params.sourceId);
  return deleteResource(services, input, showSource, source);
}
