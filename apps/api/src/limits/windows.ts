import type { Clock } from '../domain/clock.ts';
import type { Ask, Grant } from './ledger.ts';

export interface Window {
  hits: number;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/** Counts by key in the memory of one process. */
export interface Windows {
  take(ask: Ask): Grant;
  /** Forgets a key and answers what was counted in the window that runs, with what is still to be paid. */
  remove(key: string): Window | undefined;
  set(key: string, window: Window): void;
}

// Past this many keys, those whose window has ended are dropped.
const MOST_KEYS = 10_000;

/**
 * Fixed windows that begin with a key's first hit. What exceeds the limit is carried into the next window, so that a
 * batch is paid for by those that follow it; refused hits are not carried.
 */
export function createWindows(clock: Pick<Clock, 'now'>): Windows {
  const windows = new Map<string, Window>();

  function current(ask: Ask, now: number): Window {
    const window = windows.get(ask.key);
    if (window) {
      roll(window, ask, now);
      return window;
    }
    if (windows.size >= MOST_KEYS) dropEnded(windows, now);
    const fresh =
      ask.heardEndsInMs > 0
        ? { hits: ask.heardHits, endsAt: now + ask.heardEndsInMs }
        : { hits: 0, endsAt: now + ask.windowMs };
    windows.set(ask.key, fresh);
    return fresh;
  }

  return {
    take(ask) {
      const now = clock.now();
      const window = current(ask, now);
      window.hits += ask.spent;
      const granted = Math.max(0, Math.min(ask.want, ask.limit - window.hits));
      window.hits += granted;
      return { granted, hits: window.hits, endsInMs: window.endsAt - now };
    },
    remove(key) {
      const window = windows.get(key);
      windows.delete(key);
      return window;
    },
    set: (key, window) => void windows.set(key, window),
  };
}

function roll(window: Window, { windowMs, limit }: Ask, now: number): void {
  if (now < window.endsAt) return;
  const passed = 1 + Math.floor((now - window.endsAt) / windowMs);
  window.hits = Math.max(0, window.hits - passed * limit);
  window.endsAt += passed * windowMs;
}

/** Makes room in a map of things that end: what has ended goes, or else the eldest. */
export function dropEnded(ending: Map<string, { endsAt: number }>, now: number): void {
  const before = ending.size;
  for (const [key, { endsAt }] of ending) if (now >= endsAt) ending.delete(key);
  const eldest = ending.keys().next();
  if (ending.size === before && eldest.value !== undefined) ending.delete(eldest.value);
}
