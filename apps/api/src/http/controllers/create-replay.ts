import type { z } from 'zod';
import type { ReplayCreate } from '../../contract/replays.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkDestination } from '../resources/check-destination.ts';
import { replayTaskOf } from '../resources/replay-task.ts';
import { startJob } from '../resources/start-job.ts';
import type { Services } from '../services.ts';

/** Begins to deliver stored events again. Only events that were accepted before take part. */
export async function createReplay(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof ReplayCreate>>,
): Promise<Answer> {
  const { ratePerSecond } = input.body;
  await checkDestination(services, input.body.destination);
  const task = replayTaskOf(input.body);
  return startJob(services, input, { task, ratePerSecond, action: 'replay.created' });
}
