import type { z } from 'zod';
import type { ReplayPreviewRequest } from '../../contract/replays.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkDestination } from '../resources/check-destination.ts';
import { replayTaskOf } from '../resources/replay-task.ts';
import type { Services } from '../services.ts';

/** Counts what a replay would deliver, and delivers nothing. */
export async function previewReplay(
  services: Services,
  { body }: Input<unknown, unknown, z.output<typeof ReplayPreviewRequest>>,
): Promise<Answer> {
  await checkDestination(services, body.destination);
  return { status: 200, body: await services.jobs.preview(replayTaskOf(body)) };
}
