import type { JobAction } from '../../domain/job.ts';
import type { Answer, Input } from '../exchange.ts';
import type { Services } from '../services.ts';
import { auditEntry } from './audit-entry.ts';
import { findJob, readReplay } from './find-job.ts';

const DONE = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;

/** Pauses, resumes or cancels a job. Rejects with `conflict` in a state that does not allow it. */
export async function changeJobState(
  services: Services,
  input: Input<{ replayId: string }>,
  action: JobAction,
): Promise<Answer> {
  const { store, clock } = services;
  const before = await findJob(services, input.params.replayId);
  const entry = auditEntry(services, input, {
    action: `replay.${DONE[action]}`,
    subjectId: before.id,
    before: { state: before.state, scanned: before.scanned, made: before.made },
    after: null,
  });
  const after = await store.changeJobState(before.id, action, clock.now(), entry);
  if (action === 'cancel') {
    const reason = { code: 'replay_cancelled', detail: 'The replay was cancelled.' };
    await store.cancelWaiting({ replayId: before.id }, reason, clock.now());
  }
  services.jobs.wake();
  return { status: 200, body: await readReplay(services, after) };
}
