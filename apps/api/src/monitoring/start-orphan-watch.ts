import type { Clock } from '../domain/clock.ts';
import { TARGET_DELETED } from '../domain/delivery.ts';
import { repeat } from '../domain/repeat.ts';
import type { Store } from '../store/store.ts';

const EVERY_MS = 60_000;

/**
 * Cancels what waits for a target that is gone. Deleting one cancels what waits then; a delivery that was under way at that moment, or that came from a
 * process that had not heard of it yet, would wait for ever. One process looks each minute, and only while something has been due for that long.
 */
export function startOrphanWatch(deps: {
  store: Pick<Store, 'nextDueAt' | 'claimTurn' | 'backlog' | 'cancelWaiting'> & {
    loadResources(kind: 'target'): Promise<readonly { id: string }[]>;
  };
  clock: Clock;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { store, clock, onError } = deps;
  return repeat({
    clock,
    everyMs: EVERY_MS,
    onError,
    work: async (signal) => {
      const now = clock.now();
      const dueAt = await store.nextDueAt();
      if (dueAt === null || dueAt > now - EVERY_MS) return;
      if (!(await store.claimTurn('orphans', Math.floor(now / EVERY_MS)))) return;
      // The backlog first: whatever it names was there before the targets are read.
      const backlog = await store.backlog();
      const targets = await store.loadResources('target');
      const known = new Set(targets.map(({ id }) => id));
      for (const { targetId } of backlog) {
        if (signal.aborted) return;
        if (!known.has(targetId)) await store.cancelWaiting({ targetId }, TARGET_DELETED, now);
      }
    },
  });
}
