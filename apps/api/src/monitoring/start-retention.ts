import type { Clock } from '../domain/clock.ts';
import { repeat } from '../domain/repeat.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 60_000;
// Small, so that no commit waits long behind a deletion.
const CHUNK_EVENTS = 200;
const PAUSE_MS = 50;

/**
 * Removes what is older than the retention period, in small chunks: every minute, and at once again while there is more. `stop` tells
 * a sweep that is under way to end, and resolves when it has.
 */
export function startRetention(deps: {
  store: Pick<Store, 'prune'>;
  clock: Clock;
  retentionDays: number;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { store, clock, retentionDays, onError } = deps;
  return repeat({
    clock,
    everyMs: EVERY_MS,
    onError,
    work: async (signal) => {
      const now = clock.now();
      const count = await store.prune(now - retentionDays * DAY_MS, now, CHUNK_EVENTS, signal);
      return count === CHUNK_EVENTS ? PAUSE_MS : undefined;
    },
  });
}
