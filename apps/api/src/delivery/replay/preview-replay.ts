import type { Clock } from '../../domain/clock.ts';
import type { Job, JobTask, Store } from '../../store/store.ts';
import type { ReplayPlanner } from './plan-replay.ts';

/** What a replay would come to if it began now. */
export interface ReplayPreview {
  events: number;
  deliveries: number;
  targets: { targetId: string; deliveries: number }[];
  /** False: there was more than could be counted in time, and the counts are what was found until then. */
  isComplete: boolean;
}

export type PreviewReplay = (task: JobTask & { kind: 'replay' }) => Promise<ReplayPreview>;

const PAGE_ITEMS = 500;
const PAGE_BYTES = 4 * 1024 * 1024;
const LONGEST_MS = 3000;

/** Counts what a replay would make, by the same plan and without making it. */
export function createPreviewReplay(deps: {
  store: Pick<Store, 'scanEvents'>;
  planner: ReplayPlanner;
  clock: Clock;
}): PreviewReplay {
  const { store, planner, clock } = deps;
  return async ({ filter, destination }) => {
    const deadline = clock.now() + LONGEST_MS;
    const byTarget = new Map<string, number>();
    let events = 0;
    let after: Job['position'] = null;
    for (;;) {
      const page = await store.scanEvents({
        filter,
        bound: null,
        after,
        limit: PAGE_ITEMS,
        maxBytes: PAGE_BYTES,
        withData: planner.needsData(destination),
      });
      events += page.items.length;
      for (const { targetId } of page.items.flatMap((one) => planner.plan(destination, one)))
        byTarget.set(targetId, (byTarget.get(targetId) ?? 0) + 1);
      if (page.isEnd || clock.now() >= deadline) return show(events, byTarget, page.isEnd);
      after = page.positions.at(-1) ?? after;
    }
  };
}

function show(
  events: number,
  byTarget: ReadonlyMap<string, number>,
  isComplete: boolean,
): ReplayPreview {
  const targets = [...byTarget].map(([targetId, deliveries]) => ({ targetId, deliveries }));
  const deliveries = targets.reduce((sum, one) => sum + one.deliveries, 0);
  targets.sort((a, b) => b.deliveries - a.deliveries);
  return { events, deliveries, targets, isComplete };
}
