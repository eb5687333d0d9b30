import { GatewayError } from '../../domain/errors.ts';
import type { Job } from '../../store/store.ts';
import type { Replay } from '../../contract/replays.ts';
import type { Services } from '../services.ts';
import { showReplay } from './show-replay.ts';

/** @throws GatewayError `not_found` */
export async function findJob({ store }: Pick<Services, 'store'>, id: string): Promise<Job> {
  const job = await store.getJob(id);
  if (!job) throw new GatewayError('not_found', `There is no replay ${id}.`);
  return job;
}

/** A job with what became of its deliveries. */
export async function readReplay({ store }: Pick<Services, 'store'>, job: Job): Promise<Replay> {
  return showReplay(job, job.task.kind === 'replay' ? await store.jobDeliveries(job.id) : null);
}
