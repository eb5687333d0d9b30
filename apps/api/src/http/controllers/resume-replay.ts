import type { Answer, Input } from '../exchange.ts';
import { changeJobState } from '../resources/change-job-state.ts';
import type { Services } from '../services.ts';

/** Goes on where it was. */
export function resumeReplay(
  services: Services,
  input: Input<{ replayId: string }>,
): Promise<Answer> {
  return changeJobState(services, input, 'resume');
}
