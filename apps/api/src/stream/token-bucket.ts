import type { Clock } from '../domain/clock.ts';

export interface TokenBucket {
  /** Takes up to `wanted` whole tokens; answers how many there were. */
  take(wanted: number): number;
  giveBack(unused: number): void;
}

/** Fills at `perSecond` and holds at most `burst`; starts full. */
export function createTokenBucket(clock: Clock, perSecond: number, burst: number): TokenBucket {
  let tokens = burst;
  let filledAt = clock.now();
  return {
    take(wanted) {
      const now = clock.now();
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      const taken = Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
    giveBack(unused) {
      tokens = Math.min(burst, tokens + Math.max(0, unused));
    },
  };
}
