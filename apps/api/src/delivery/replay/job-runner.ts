import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import { createNap } from './nap.ts';
import { runJob, type RunJobDependencies } from './run-job.ts';

export interface JobRunner {
  start(): void;
  /** There is a job that may be free. */
  wake(): void;
  /** Ends each job after the step under way, and gives the leases back. */
  stop(): Promise<void>;
}

// Jobs that another process made or lost are noticed so often.
const EVERY_MS = 1000;
/** Jobs that one process works on at a time, those that wait included. */
const MOST_JOBS = 50;

/** Takes free jobs and works on them, each at its own pace. */
export function createJobRunner(
  deps: Omit<RunJobDependencies, 'store'> & {
    store: RunJobDependencies['store'] & Pick<Store, 'claimJobs'>;
    clock: Clock;
  },
): JobRunner {
  const { store, clock } = deps;
  const nap = createNap(clock);
  const running = new Set<Promise<void>>();
  let cancel = () => {};
  let looking: Promise<void> | null = null;
  let asked = 0;

  async function look(): Promise<void> {
    let answered: number;
    do {
      answered = asked;
      try {
        const claimed = await store.claimJobs(MOST_JOBS - running.size);
        for (const one of claimed) {
          const run: Promise<void> = runJob(deps, one, nap).finally(() => running.delete(run));
          running.add(run);
        }
      } catch (error) {
        deps.log('warn', 'replays could not be looked for', { error });
      }
    } while (answered !== asked && !nap.isOver());
  }

  function lookNow(): void {
    cancel();
    if (nap.isOver()) return;
    asked += 1;
    looking ??= look().finally(() => {
      looking = null;
      if (!nap.isOver()) cancel = clock.after(EVERY_MS, lookNow);
    });
  }

  return {
    start: lookNow,
    wake: lookNow,
    async stop() {
      nap.end();
      cancel();
      await looking;
      await Promise.all(running);
    },
  };
}
