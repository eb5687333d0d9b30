import type { Clock } from '../../domain/clock.ts';

/** A clock that calls `onAsked` before each timer: a loop asks for its next look when it has ended one. */
export function askedClock(clock: Clock, onAsked: () => void): Clock {
  return {
    now: () => clock.now(),
    after(delayMs, action) {
      onAsked();
      return clock.after(delayMs, action);
    },
  };
}
