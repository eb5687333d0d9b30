import type { Answer, Input } from '../exchange.ts';
import { setTargetState } from '../resources/set-target-state.ts';
import type { Services } from '../services.ts';

/** Nothing is sent any more; what is routed to it waits. */
export function pauseTarget(
  services: Services,
  input: Input<{ targetId: string }>,
): Promise<Answer> {
  return setTargetState(services, input, 'paused', 'paused');
}
