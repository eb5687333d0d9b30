import type { Answer, Input } from '../exchange.ts';
import { changeJobState } from '../resources/change-job-state.ts';
import type { Services } from '../services.ts';

/** Makes no more deliveries, for good, and cancels those that still wait. */
export function cancelReplay(
  services: Services,
  input: Input<{ replayId: string }>,
): Promise<Answer> {
  return changeJobState(services, input, 'cancel');
}
