import type { Answer, Input } from '../exchange.ts';
import { changeJobState } from '../resources/change-job-state.ts';
import type { Services } from '../services.ts';

/** Makes no more deliveries until it is resumed; those that were made go on. */
export function pauseReplay(
  services: Services,
  input: Input<{ replayId: string }>,
): Promise<Answer> {
  return changeJobState(services, input, 'pause');
}
