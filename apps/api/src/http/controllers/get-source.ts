import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { showAnswer } from '../resources/save-resource.ts';
import { showSource } from '../resources/show-source.ts';
import type { Services } from '../services.ts';

export async function getSource(
  services: Services,
  { params }: Input<{ sourceId: string }>,
): Promise<Answer> {
  return showAnswer(await findResource(services, 'source', params.sourceId), showSource);
}
