import type { Clock } from '../../domain/clock.ts';

/** Waiting that can be ended for good. */
export interface Nap {
  /** Resolves after so many milliseconds, or as soon as waiting is over. */
  take(delayMs: number): Promise<void>;
  isOver(): boolean;
  /** Ends all waiting, now and later. */
  end(): void;
}

export function createNap(clock: Clock): Nap {
  const sleepers = new Set<() => void>();
  let isOver = false;
  return {
    take(delayMs) {
      if (isOver || delayMs <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(wake);
          cancel();
          resolve();
        };
        const cancel = clock.after(delayMs, wake);
        sleepers.add(wake);
      });
    },
    isOver: () => isOver,
    end() {
      isOver = true;
      for (const wake of sleepers) wake();
    },
  };
}
