import type { Store } from 'express-rate-limit';
import type { Clock } from '../domain/clock.ts';

/** A store of hits that can also charge many at once. */
export interface HitStore extends Store {
  add(key: string, hits: number): void;
}

interface Window {
  endsAt: number;
  hits: number;
}

// Past this many keys, those whose window has ended are dropped.
const MOST_KEYS = 10_000;

/**
 * Counts hits by key in windows, in this process. What exceeds the limit is carried into the next window, so that a
 * batch is paid for by those that follow it; refused hits are not carried.
 * @param limitOf the hits that a key may have in a window
 */
export function createHitStore(
  clock: Pick<Clock, 'now'>,
  windowMs: number,
  limitOf: (key: string) => number,
): HitStore {
  const windows = new Map<string, Window>();

  function current(key: string): Window {
    const now = clock.now();
    const window = windows.get(key);
    if (!window) {
      if (windows.size >= MOST_KEYS) dropEnded(windows, now);
      const fresh = { endsAt: now + windowMs, hits: 0 };
      windows.set(key, fresh);
      return fresh;
    }
    if (now >= window.endsAt) {
      const passed = 1 + Math.floor((now - window.endsAt) / windowMs);
      window.hits = Math.max(0, window.hits - passed * limitOf(key));
      window.endsAt += passed * windowMs;
    }
    return window;
  }

  return {
    localKeys: true,
    increment(key) {
      const window = current(key);
      const totalHits = window.hits + 1;
      if (window.hits < limitOf(key)) window.hits = totalHits;
      return { totalHits, resetTime: new Date(window.endsAt) };
    },
    add(key, hits) {
      current(key).hits += hits;
    },
    decrement(key) {
      const window = current(key);
      window.hits = Math.max(0, window.hits - 1);
    },
    resetKey(key) {
      windows.delete(key);
    },
    resetAll() {
      windows.clear();
    },
  };
}

function dropEnded(windows: Map<string, Window>, now: number): void {
  for (const [key, window] of windows) if (now >= window.endsAt) windows.delete(key);
  const oldest = windows.keys().next();
  if (windows.size >= MOST_KEYS && oldest.value !== undefined) windows.delete(oldest.value);
}
