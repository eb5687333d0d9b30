import type { Clock } from '../domain/clock.ts';

const POLL_MS = 250;

/** Tells listeners that the change feed has news: at once after own commits, and by looking for those of other processes. */
export interface ChangeHints {
  listen: (listener: () => void) => () => void;
  /** After a commit of this process. */
  announce(): void;
  stop(): void;
}

/** @param position reads the newest position; asked every 250 ms, and only while someone listens */
export function createChangeHints(clock: Clock, position: () => Promise<string>): ChangeHints {
  const listeners = new Set<() => void>();
  let stopPolling: (() => void) | null = null;
  let known: string | null = null;
  let isStopped = false;

  function announce(): void {
    for (const listener of listeners) listener();
  }

  async function look(): Promise<void> {
    const newest = await position();
    const isNews = known !== null && newest !== known;
    known = newest;
    if (isNews) announce();
  }

  function schedule(): void {
    if (isStopped || listeners.size === 0) return;
    stopPolling = clock.after(POLL_MS, () => {
      // A failed look is not the listeners' business: the next one may succeed, and reading tells them.
      void look()
        .catch(() => undefined)
        .finally(schedule);
    });
  }

  return {
    listen(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        known = null;
        void look()
          .catch(() => undefined)
          .finally(schedule);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopPolling?.();
      };
    },
    announce,
    stop() {
      isStopped = true;
      stopPolling?.();
      listeners.clear();
    },
  };
}
