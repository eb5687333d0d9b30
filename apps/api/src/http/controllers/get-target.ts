import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { showAnswer } from '../resources/save-resource.ts';
import { createShowTarget } from '../resources/show-target.ts';
import type { Services } from '../services.ts';

export async function getTarget(
  services: Services,
  { params }: Input<{ targetId: string }>,
): Promise<Answer> {
  const target = await findResource(services, 'target', params.targetId);
  return showAnswer(target, createShowTarget(services));
}
