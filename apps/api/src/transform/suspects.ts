import { createBoundedCache } from '../domain/bounded-cache.ts';
import type { Clock } from '../domain/clock.ts';
import type { Transform } from '../domain/resources.ts';
import { isSameTransform } from './is-same-transform.ts';
import type { JsonataJob } from './jsonata-job.ts';

/** The transforms that lately ended a thread. */
export interface Suspects {
  add(job: JsonataJob): void;
  /** A transform that was changed since is no suspect. */
  has(job: JsonataJob): boolean;
}

/** So long after the last time it is one no more. */
const SUSPECT_MS = 60_000;
const MOST_SUSPECTS = 1000;

export function createSuspects(clock: Clock): Suspects {
  const suspects = createBoundedCache<{ transform: Transform; until: number }>(MOST_SUSPECTS);
  return {
    add({ key, transform }) {
      suspects.set(key, { transform, until: clock.now() + SUSPECT_MS });
    },
    has({ key, transform }) {
      const known = suspects.get(key);
      if (!known || clock.now() >= known.until) return false;
      return isSameTransform(known.transform, transform);
    },
  };
}
