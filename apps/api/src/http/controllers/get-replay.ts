import type { Answer, Input } from '../exchange.ts';
import { findJob, readReplay } from '../resources/find-job.ts';
import type { Services } from '../services.ts';

export async function getReplay(
  services: Services,
  { params }: Input<{ replayId: string }>,
): Promise<Answer> {
  const job = await findJob(services, params.replayId);
  return { status: 200, body: await readReplay(services, job) };
}
