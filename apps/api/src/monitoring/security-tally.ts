import type { Clock } from '../domain/clock.ts';

/** Security events of one process by the minute, for as long as a rule may look back. */
export interface SecurityTally {
  count(): void;
  /** For the heartbeat: minutes since 1970 with their counts, those without any left out. */
  recent(): readonly (readonly [minute: number, count: number])[];
}

const MINUTE_MS = 60_000;

/** @param keptMinutes how far back a rule may look */
export function createSecurityTally(clock: Pick<Clock, 'now'>, keptMinutes: number): SecurityTally {
  const counts = new Map<number, number>();
  const minuteNow = () => Math.floor(clock.now() / MINUTE_MS);
  function forget(): void {
    for (const minute of counts.keys())
      if (minute < minuteNow() - keptMinutes) counts.delete(minute);
  }
  return {
    count() {
      forget();
      counts.set(minuteNow(), (counts.get(minuteNow()) ?? 0) + 1);
    },
    recent() {
      forget();
      return [...counts];
    },
  };
}
