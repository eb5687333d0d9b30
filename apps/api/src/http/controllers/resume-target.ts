import type { Answer, Input } from '../exchange.ts';
import { setTargetState } from '../resources/set-target-state.ts';
import type { Services } from '../services.ts';

/** What waited is sent now; also brings back a target that the gateway disabled. */
export function resumeTarget(
  services: Services,
  input: Input<{ targetId: string }>,
): Promise<Answer> {
  return setTargetState(services, input, 'active', 'resumed');
}
