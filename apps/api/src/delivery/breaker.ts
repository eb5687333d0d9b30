import type { AttemptHealth } from './target-health.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  state(): BreakerState;
  /** Takes leave to send: `normal`, the one `probe` of a half-open breaker, or null for none. */
  begin(now: number): 'normal' | 'probe' | null;
  /** Whether `begin` would grant leave. */
  allows(now: number): boolean;
  /** What an attempt showed, with the leave it had. */
  end(leave: 'normal' | 'probe', health: AttemptHealth, now: number): void;
  /** When an open breaker lets a probe through (ms since 1970); null otherwise. */
  probeAt(): number | null;
}

const WINDOW_MS = 60_000;
const SLICE_MS = 10_000;
const FEWEST_ATTEMPTS = 20;
const FAILURE_SHARE = 0.5;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 5 * 60_000;

interface Slice {
  startedAt: number;
  attempts: number;
  failures: number;
}

/**
 * A circuit breaker: opens at half failures or more over at least 20 attempts within a minute; after a rest of 30 s (doubled by each
 * failed probe, up to 5 min) one probe decides whether it closes. It only delays, nothing is lost by it.
 */
export function createBreaker(): Breaker {
  let slices: Slice[] = [];
  let probeAt: number | null = null;
  let restMs = FIRST_REST_MS;
  let isProbing = false;

  function open(now: number): void {
    probeAt = now + restMs;
    slices = [];
  }

  function count(isFailure: boolean, now: number): void {
    let slice = slices.at(-1);
    if (!slice || now >= slice.startedAt + SLICE_MS) {
      slice = { startedAt: now, attempts: 0, failures: 0 };
      slices = slices.filter(({ startedAt }) => startedAt > now - WINDOW_MS);
      slices.push(slice);
    }
    slice.attempts += 1;
    if (isFailure) slice.failures += 1;
  }

  function hasTripped(): boolean {
    let attempts = 0;
    let failures = 0;
    for (const slice of slices) {
      attempts += slice.attempts;
      failures += slice.failures;
    }
    return attempts >= FEWEST_ATTEMPTS && failures >= attempts * FAILURE_SHARE;
  }

  function endProbe(health: AttemptHealth, now: number): void {
    isProbing = false;
    if (health === 'up') {
      probeAt = null;
      restMs = FIRST_REST_MS;
    } else if (health === 'down') {
      restMs = Math.min(restMs * 2, LONGEST_REST_MS);
      open(now);
    }
  }

  function allows(now: number): boolean {
    return probeAt === null || (now >= probeAt && !isProbing);
  }

  return {
    // Half open from the first probe on: before that, nobody has asked.
    state: () => (probeAt === null ? 'closed' : isProbing ? 'half-open' : 'open'),
    allows,
    begin(now) {
      if (!allows(now)) return null;
      if (probeAt === null) return 'normal';
      isProbing = true;
      return 'probe';
    },
    end(leave, health, now) {
      if (leave === 'probe') endProbe(health, now);
      // Stragglers of the time before it opened say nothing new.
      else if (probeAt === null && health !== 'unknown') {
        count(health === 'down', now);
        if (health === 'down' && hasTripped()) open(now);
      }
    },
    probeAt: () => probeAt,
  };
}
