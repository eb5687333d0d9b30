import type { Clock } from '../domain/clock.ts';
import type { Count } from './count.ts';
import { createLease, type Lease } from './lease.ts';
import type { Sharing } from './sharing.ts';
import { createWindows, dropEnded } from './windows.ts';

export interface Counter {
  /** Counts one hit, at once unless the budget must be asked for; waits a few milliseconds at most, and never rejects. */
  hit(key: string): Count | Promise<Count>;
  /** Counts hits that cannot be refused any more; above the limit, the windows that follow pay for them. */
  charge(key: string, hits: number): void;
  /** Forgets what this process knows of a key. */
  reset(key: string): void;
}

const MOST_LEASES = 10_000;

/**
 * Counts the hits of one kind of limit, with other processes where there are any. Counting together it holds a small part of each
 * budget (a lease) and asks for the next part while it is being used up; what it does not use lapses with the window.
 * @param name tells the keys of one kind from those of the others
 * @param limitOf the hits that a key may have in a window
 */
export function createCounter(deps: {
  name: string;
  clock: Clock;
  windowMs: number;
  limitOf: (key: string) => number;
  sharing: Sharing;
}): Counter {
  const { name, clock, windowMs, limitOf, sharing } = deps;
  const own = createWindows(clock);
  const leases = new Map<string, Lease>();

  function leaseOf(key: string): Lease {
    let lease = leases.get(key);
    if (!lease) {
      if (leases.size >= MOST_LEASES) dropEnded(leases, clock.now());
      const before = own.remove(key);
      // What was counted here before others came is brought along.
      const spent = before && before.endsAt > clock.now() ? before.hits : 0;
      const limit = () => limitOf(key);
      lease = createLease({ key: `${name}:${key}`, clock, windowMs, limit, sharing, spent });
      leases.set(key, lease);
    }
    return lease;
  }

  /** The share of this process while the others cannot be asked. */
  function takeOwn(key: string, want: number, spent: number): Count {
    const { processes } = sharing.state();
    const lease = leases.size > 0 ? leases.get(key) : undefined;
    if (lease) {
      leases.delete(key);
      const { hits, endsAt } = lease.used();
      own.set(key, { hits: Math.ceil(hits / processes), endsAt });
    }
    const limit = limitOf(key);
    const share = processes === 1 ? limit : Math.max(1, Math.ceil(limit / processes));
    const ask = { key, windowMs, limit: share, spent, want, heardHits: 0, heardEndsInMs: 0 };
    const { granted, hits, endsInMs } = own.take(ask);
    return {
      totalHits: granted === want ? hits + (limit - share) : Math.max(limit, hits) + 1,
      resetTime: new Date(clock.now() + endsInMs),
    };
  }

  return {
    hit: (key) => (sharing.state().mode === 'together' ? leaseOf(key).hit() : takeOwn(key, 1, 0)),
    charge(key, hits) {
      if (sharing.state().mode === 'together') leaseOf(key).charge(hits);
      else takeOwn(key, 0, hits);
    },
    reset(key) {
      leases.delete(key);
      own.remove(key);
    },
  };
}
