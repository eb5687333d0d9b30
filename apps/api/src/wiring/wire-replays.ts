import type { Catalog } from '../catalog/catalog.ts';
import { createEventReader } from '../catalog/event-reader.ts';
import { createFindHindrance } from '../delivery/replay/find-hindrance.ts';
import { createJobRunner, type JobRunner } from '../delivery/replay/job-runner.ts';
import { createReplayPlanner } from '../delivery/replay/plan-replay.ts';
import { createPreviewReplay, type PreviewReplay } from '../delivery/replay/preview-replay.ts';
import type { Log } from '../delivery/ports.ts';
import type { Clock } from '../domain/clock.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/** Puts replays together: the preview for every process, the runner for those that deliver. */
export function wireReplays(deps: {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  ids: IdFactory;
  log: Log;
  /** Whether this process delivers. */
  runs: boolean;
  /** New deliveries wait for this target, or for any. */
  wake: (targetId?: string) => void;
}): { runner: JobRunner; preview: PreviewReplay } {
  const { catalog } = deps;
  const planner = createReplayPlanner({ catalog, readEvent: createEventReader(catalog) });
  const preview = createPreviewReplay({ ...deps, planner });
  if (!deps.runs) return { runner: NO_RUNNER, preview };
  const findHindrance = createFindHindrance(deps);
  return { runner: createJobRunner({ ...deps, planner, findHindrance }), preview };
}

/** Another process notices within a second. */
const NO_RUNNER: JobRunner = {
  start: () => undefined,
  wake: () => undefined,
  stop: () => Promise.resolve(),
};
