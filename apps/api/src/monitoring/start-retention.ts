import type { Clock } from '../domain/clock.ts';
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
  const { store, clock, retentionDays } = deps;
  let cancel = () => {};
  const stopping = new AbortController();
  let running = sweep();

  async function sweep(): Promise<void> {
    let waitMs = EVERY_MS;
    try {
      const now = clock.now();
      const count = await store.prune(
        now - retentionDays * DAY_MS,
        now,
        CHUNK_EVENTS,
        stopping.signal,
      );
      if (count === CHUNK_EVENTS) waitMs = PAUSE_MS;
    } catch (error) {
      deps.onError(error);
    }
    if (!stopping.signal.aborted) {
      cancel = clock.after(waitMs, () => {
        running = sweep();
      });
    }
  }

  return {
    async stop() {
      stopping.abort();
      cancel();
      await running;
    },
  };
}
