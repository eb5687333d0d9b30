import type { EventRecord } from '../../domain/event.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { createIdFactory } from '../../domain/ids.ts';
import { systemClock } from '../../domain/clock.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Job, JobTask, Store } from '../../store/store.ts';
import { createFindHindrance } from '../replay/find-hindrance.ts';
import { createJobRunner, type JobRunner } from '../replay/job-runner.ts';
import { createReplayPlanner } from '../replay/plan-replay.ts';
import { createPreviewReplay } from '../replay/preview-replay.ts';
import type { Bench } from './open-bench.ts';
import { turn, type useBench } from './use-bench.ts';

/** What subscriptions make of events: here their type is the pattern, and the key is the subject. */
function readEvent(patterns: ReadonlyMap<string, string>) {
  return (event: EventRecord) => ({
    matches: (subscriptionId: string) => patterns.get(subscriptionId) === event.type,
    orderingKey: ({ body }: Resource<'subscription'>) =>
      body.orderingKey === null ? null : event.subject,
  });
}

/** Replays over the store of a bench. */
export function useReplays({ store, clock, audit }: ReturnType<typeof useBench>) {
  const ids = createIdFactory(() => systemClock.now());
  /** The event type that each subscription wants. */
  const patterns = new Map<string, string>();

  function parts(bench: Bench, storeForRunner: Store) {
    const catalog = {
      target: (id: string) => bench.targets.get(id),
      subscription: (id: string) => bench.subscriptions.get(id),
      subscriptions: () => bench.subscriptions.values(),
    };
    const planner = createReplayPlanner({ catalog, readEvent: readEvent(patterns) });
    const findHindrance = createFindHindrance({ catalog, store: store() });
    return { store: storeForRunner, clock: clock(), planner, findHindrance, ids };
  }

  async function jobOf(id: string): Promise<Job> {
    const job = await store().getJob(id);
    if (!job) throw new Error('The job is gone.');
    return job;
  }

  return {
    patterns,
    jobOf,
    preview: (bench: Bench) => createPreviewReplay(parts(bench, store())),
    /** A process that works on jobs. */
    runner: (bench: Bench, storeForRunner: Store = store()): JobRunner =>
      createJobRunner({
        ...parts(bench, storeForRunner),
        log: (level, message, fields) => bench.lines.push({ level, message, fields }),
        wake: (targetId) => bench.dispatcher.wake(targetId),
      }),
    begin: (task: JobTask, ratePerSecond: number | null = null): Promise<Job> => {
      const createdAt = clock().now();
      const job = { id: ids('rpl'), task, ratePerSecond, expected: null, createdBy: 'usr_1' };
      clock().advance(1);
      return store().insertJob({ ...job, createdAt }, { ...audit(), id: ids('aud') });
    },
    change: (id: string, action: 'pause' | 'resume' | 'cancel') =>
      store().changeJobState(id, action, clock().now(), { ...audit(), id: ids('aud') }),
    /** Lets time go on until the job is as wanted. */
    until: async (id: string, isWanted: (job: Job) => boolean): Promise<Job> => {
      for (;;) {
        const job = await jobOf(id);
        if (isWanted(job)) return job;
        clock().advance(20);
        await turn();
      }
    },
    made: async (replayId: string): Promise<Delivery[]> => {
      const deliveries: Delivery[] = [];
      let cursor: string | null = null;
      do {
        const page = await store().listDeliveries({ replayId: [replayId] }, { limit: 200, cursor });
        deliveries.unshift(...page.items.reverse());
        cursor = page.nextCursor;
      } while (cursor !== null);
      return deliveries;
    },
  };
}
