import type { Clock } from './clock.ts';

/** A reading that many ask for and that costs something: asked anew at most once each `maxAgeMs`, and shared while under way. */
export type CachedReading<T> = () => Promise<T>;

// A reading that takes long is asked for so rarely that it takes at most this share of the time.
const LARGEST_SHARE = 0.05;

/** A rejected reading is not kept: the next call asks again. */
export function createCachedReading<T>(
  clock: Clock,
  read: () => Promise<T>,
  maxAgeMs: number,
): CachedReading<T> {
  let current: Promise<T> | null = null;
  let validUntil = -Infinity;

  return () => {
    if (current && clock.now() < validUntil) return current;
    const startedAt = clock.now();
    const reading = read();
    current = reading;
    // While it is under way everybody waits for the same one.
    validUntil = Infinity;
    reading.then(
      () => {
        const now = clock.now();
        validUntil = Math.max(startedAt + maxAgeMs, now + (now - startedAt) / LARGEST_SHARE);
      },
      () => (validUntil = -Infinity),
    );
    return reading;
  };
}
