import type { Clock } from '../../domain/clock.ts';
import type { IdFactory } from '../../domain/ids.ts';
import type { JobWait } from '../../domain/job.ts';
import type { ClaimedJob, Job, JobStep, Store } from '../../store/store.ts';
import type { Log } from '../ports.ts';
import type { createFindHindrance } from './find-hindrance.ts';
import type { Nap } from './nap.ts';
import { createPace } from './pace.ts';
import type { ReplayPlanner } from './plan-replay.ts';
import { createWorkReader, type Portion, type WorkReader } from './read-work.ts';

export interface RunJobDependencies {
  store: Pick<
    Store,
    'getJob' | 'advanceJob' | 'releaseJob' | 'scanEvents' | 'scanDeadLetters' | 'jobBacklog'
  >;
  planner: ReplayPlanner;
  findHindrance: ReturnType<typeof createFindHindrance>;
  clock: Clock;
  ids: IdFactory;
  log: Log;
  /** New deliveries wait for this target, or for any. */
  wake: (targetId?: string) => void;
}

// What keeps a job waiting is looked at again so much later.
const WAIT_MS = 1000;
// A backlog of a quick target is gone sooner.
const BACKLOG_WAIT_MS = 100;
/** So many deliveries of one replay may wait or be on their way; the rest of it is made when these have left. */
export const MOST_OPEN = 1000;

/**
 * Works on a leased job until it ends, is paused or cancelled, is lost to another process, or `nap` is over for good; then
 * gives the lease back. What the store refuses is tried again. Never rejects.
 */
export async function runJob(
  deps: RunJobDependencies,
  { job: claimed, fence }: ClaimedJob,
  nap: Nap,
): Promise<void> {
  const { store, clock } = deps;
  const pace = createPace(claimed.ratePerSecond);
  let job: Job = claimed;
  let reader: WorkReader = createWorkReader(deps, job);

  async function advance(
    step: Partial<Pick<JobStep, 'to' | 'scanned' | 'work' | 'waitingFor' | 'end'>>,
  ): Promise<boolean> {
    const whole: JobStep = {
      jobId: job.id,
      fence,
      from: job.position,
      to: job.position,
      scanned: 0,
      work: { make: [] },
      waitingFor: null,
      end: null,
      at: clock.now(),
      ...step,
    };
    const { outcome } = await store.advanceJob(whole);
    job = { ...job, position: whole.to, waitingFor: whole.waitingFor };
    return outcome === 'advanced' && whole.end === null;
  }

  async function waitFor(reason: JobWait): Promise<boolean> {
    // A person's pause or cancel takes the lease, which only a step or the record tells.
    const isOurs =
      job.waitingFor === reason
        ? (await store.getJob(job.id))?.state === 'running'
        : await advance({ waitingFor: reason });
    if (!isOurs) return false;
    reader = createWorkReader(deps, job);
    await nap.take(reason === 'backlog' ? BACKLOG_WAIT_MS : WAIT_MS);
    return true;
  }

  async function hindrance() {
    if (job.task.kind !== 'replay') return null;
    const found = await deps.findHindrance(job.task.destination);
    if (found) return found;
    const open = await store.jobBacklog(job.id, MOST_OPEN);
    return open < MOST_OPEN ? null : { waitFor: 'backlog' as const };
  }

  /** One turn; answers whether there is another. */
  async function turn(): Promise<boolean> {
    const found = await hindrance();
    if (found && 'waitFor' in found) return waitFor(found.waitFor);
    if (found) return advance({ end: { state: 'failed', failure: found.failure } });
    const { size, isEnd, ...portion } = await reader.next(pace.stepSize);
    const goesOn = await advance({ ...portion, end: isEnd ? { state: 'completed' } : null });
    wakeFor(portion);
    if (goesOn) await nap.take(pace.spend(size, clock.now()));
    return goesOn;
  }

  function wakeFor({ work }: Pick<Portion, 'work'>): void {
    if ('make' in work) {
      for (const targetId of new Set(work.make.map((one) => one.targetId))) deps.wake(targetId);
    } else if ('retry' in work && work.retry.length > 0) {
      deps.wake();
    }
  }

  /** After a failure it is not known whether the last step was done: the record tells. */
  async function recover(): Promise<boolean> {
    await nap.take(WAIT_MS);
    const stored = await store.getJob(job.id);
    if (stored?.state !== 'running') return false;
    job = stored;
    reader = createWorkReader(deps, job);
    return true;
  }

  let isUnderWay = true;
  let hasFailed = false;
  while (isUnderWay && !nap.isOver()) {
    try {
      isUnderWay = hasFailed ? await recover() : await turn();
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      deps.log('warn', 'a step of a replay failed and is tried again', { jobId: job.id, error });
    }
  }
  // Where the lease is lost or has ended with the job, this changes nothing.
  await store.releaseJob(job.id, fence).catch(() => undefined);
}
