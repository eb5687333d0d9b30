import type { z } from 'zod';
import type { DeadLetterWork } from '../../contract/replays.ts';
import type { Answer, Input } from '../exchange.ts';
import { deliveryFilterOf } from '../resources/delivery-filter.ts';
import { startJob } from '../resources/start-job.ts';
import type { Services } from '../services.ts';

/** Brings the dead letters of a filter back, due at once with a fresh schedule each. Only those that died before take part. */
export function retryDeadLetters(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof DeadLetterWork>>,
): Promise<Answer> {
  const { filter, ratePerSecond } = input.body;
  const task = { kind: 'retry-dead', filter: deliveryFilterOf(filter) } as const;
  return startJob(services, input, { task, ratePerSecond, action: 'dead-letters.retry' });
}
