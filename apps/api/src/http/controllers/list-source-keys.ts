import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { listAll } from '../resources/list-all.ts';
import { showSourceKey } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

export async function listSourceKeys(
  services: Services,
  { params }: Input<{ sourceId: string }>,
): Promise<Answer> {
  await findResource(services, 'source', params.sourceId);
  const keys = await listAll(services, 'source-key', params.sourceId);
  return { status: 200, body: { data: keys.map(showSourceKey) } };
}
