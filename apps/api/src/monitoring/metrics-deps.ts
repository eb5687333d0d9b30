import type { Clock } from '../domain/clock.ts';
import type { Backlog, DeadLetterGroup, Store } from '../store/store.ts';
import type { LaneView } from './lane-view.ts';

/** What the figures are made of. */
export interface MetricsDeps {
  store: Pick<Store, 'rollups' | 'conservation'>;
  clock: Pick<Clock, 'now'>;
  /** The lanes of all processes. */
  lanes: () => readonly LaneView[];
  /** Open deliveries by target; cached. */
  backlog: () => Promise<readonly Backlog[]>;
  /** Cached. */
  deadLetterGroups: () => Promise<readonly DeadLetterGroup[]>;
  target: (id: string) => { body: { state: 'active' | 'paused' | 'disabled' } } | undefined;
}
