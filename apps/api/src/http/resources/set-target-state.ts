import type { TargetBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import type { Services } from '../services.ts';
import { findResource } from './find-resource.ts';
import { showAnswer, updateResource } from './save-resource.ts';
import { createShowTarget } from './show-target.ts';

/** Pauses or resumes a target; where it is in that state already, nothing changes. */
export async function setTargetState(
  services: Services,
  input: Input<{ targetId: string }>,
  state: TargetBody['state'],
  action: string,
): Promise<Answer> {
  const show = createShowTarget(services);
  const before = await findResource(services, 'target', input.params.targetId);
  if (before.body.state === state) return showAnswer(before, show);
  const body = { ...before.body, state, stateReason: null };
  const after = await updateResource(services, input, show, before, { body, action });
  services.delivery.wake();
  return showAnswer(after, show);
}
