import type { JobTask } from '../../store/store.ts';
import type { Answer, Caller } from '../exchange.ts';
import type { Services } from '../services.ts';
import { auditEntry } from './audit-entry.ts';
import { readReplay } from './find-job.ts';

// Counting more would hold up the answer.
const MOST_EXPECTED = 1_000_000;

/** Starts a durable job and answers 202 with it: it is kept, and some process works on it soon. */
export async function startJob(
  services: Services,
  caller: Pick<Caller, 'principal' | 'address'>,
  start: { task: JobTask; ratePerSecond: number | null; action: string },
): Promise<Answer> {
  const { store, clock, ids } = services;
  const { task, ratePerSecond } = start;
  const count =
    task.kind === 'replay'
      ? await store.countEvents(task.filter, MOST_EXPECTED + 1)
      : await store.countDeadLetters(task.filter, MOST_EXPECTED + 1);
  const asked = {
    id: ids('rpl'),
    task,
    ratePerSecond,
    expected: count > MOST_EXPECTED ? null : count,
    createdBy: caller.principal?.id ?? 'system',
    createdAt: clock.now(),
  };
  const { kind, filter } = task;
  const destination = task.kind === 'replay' ? task.destination : null;
  const after = { kind, filter, destination, ratePerSecond, expected: asked.expected };
  const change = { action: start.action, subjectId: asked.id, before: null, after };
  const job = await store.insertJob(asked, auditEntry(services, caller, change));
  services.jobs.wake();
  const headers = { location: `/v1/replays/${job.id}` };
  const body = await readReplay(services, job);
  return { status: 202, headers, body };
}
