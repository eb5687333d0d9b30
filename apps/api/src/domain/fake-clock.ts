import type { Clock } from './clock.ts';

interface FakeTimer {
  dueAt: number;
  action: () => void;
}

/** A clock for tests: stands still until `advance` moves it, and runs what falls due, in order. */
export class FakeClock implements Clock {
  readonly #timers = new Set<FakeTimer>();
  #now: number;

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { dueAt: this.#now + Math.max(delayMs, 0), action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (;;) {
      const next = [...this.#timers]
        .filter((timer) => timer.dueAt <= end)
        .sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.action();
    }
    this.#now = end;
  }
}
