export interface TokenBucket {
  /** Takes a token and answers 0, or answers how many milliseconds to wait for one. */
  take(ratePerSecond: number, now: number): number;
}

/** A token bucket that holds one second's worth (at least one token) and starts full. The rate may change between calls. */
export function createTokenBucket(): TokenBucket {
  let tokens = Infinity;
  let filledAt = 0;

  return {
    take(ratePerSecond, now) {
      const capacity = Math.max(ratePerSecond, 1);
      const gained = (Math.max(now - filledAt, 0) * ratePerSecond) / 1000;
      tokens = Math.min(tokens + gained, capacity);
      filledAt = now;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - tokens) * 1000) / ratePerSecond);
    },
  };
}
