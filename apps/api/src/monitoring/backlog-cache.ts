import type { Clock } from '../domain/clock.ts';
import type { Backlog, Store } from '../store/store.ts';

const KEEP_MS = 1000;

/** Asks the store for the backlog at most once a second, however many ask. */
export function createBacklogCache(deps: {
  store: Pick<Store, 'backlog'>;
  clock: Pick<Clock, 'now'>;
}): () => Promise<readonly Backlog[]> {
  let asked: { at: number; answer: Promise<readonly Backlog[]> } | null = null;
  return () => {
    const now = deps.clock.now();
    if (!asked || now - asked.at >= KEEP_MS) {
      const answer = deps.store.backlog();
      asked = { at: now, answer };
      // A failed answer is not kept.
      answer.catch(() => (asked = null));
    }
    return asked.answer;
  };
}
