import type { LookupAddress } from 'node:dns';
import type { Clock } from '../domain/clock.ts';
import type { Resolve } from './guarded-lookup.ts';

/** Ends before a connection's own five seconds, so that an attempt says what was missing. */
const LONGEST_WAIT_MS = 4000;
/** No new lookup of a name so soon after a failed one. */
const REST_MS = 5000;
const MOST_REMEMBERED = 1024;

interface Lookup {
  /** Rejects when the wait is over, although the lookup itself may go on. */
  result: ReturnType<Resolve>;
  isUnderWay: boolean;
  /** Once it has failed: when the name may be looked up again (ms since 1970). */
  restsUntil: number;
}

/**
 * Looks each name up once for all connections that ask meanwhile. The system's lookups share a few threads, and none can be called
 * off: a name whose servers are silent holds one thread, not one for each connection. Who asks while it still does, or within 5 s of its
 * failure, is told of that failure at once. An answer is shared by those who wait for it and never kept: the next
 * connection asks anew, and each checks for itself what it was given.
 */
export function createSharedLookup(deps: { resolve: Resolve; clock: Clock }): Resolve {
  const lookups = new Map<string, Lookup>();

  function forgetSome(): void {
    for (const [hostname, { isUnderWay }] of lookups) {
      if (lookups.size <= MOST_REMEMBERED) return;
      if (!isUnderWay) lookups.delete(hostname);
    }
  }

  function start(hostname: string): Lookup {
    const { promise: result, reject, resolve } = Promise.withResolvers<readonly LookupAddress[]>();
    const lookup: Lookup = { result, isUnderWay: true, restsUntil: 0 };
    const fail = (error: unknown): void => {
      lookup.restsUntil = deps.clock.now() + REST_MS;
      reject(error);
    };
    const stopTimer = deps.clock.after(LONGEST_WAIT_MS, () => fail(tooLate(hostname)));
    const underWay = deps.resolve(hostname).finally(() => {
      stopTimer();
      lookup.isUnderWay = false;
    });
    underWay.then((addresses) => {
      lookups.delete(hostname);
      resolve(addresses);
    }, fail);
    return lookup;
  }

  return (hostname) => {
    let lookup = lookups.get(hostname);
    if (!lookup || (!lookup.isUnderWay && deps.clock.now() >= lookup.restsUntil)) {
      // Out and in again: the first of the map is then the one whose failure is the oldest.
      lookups.delete(hostname);
      lookup = start(hostname);
      lookups.set(hostname, lookup);
      forgetSome();
    }
    return lookup.result;
  };
}

function tooLate(hostname: string): Error {
  const error = new Error(`The name ${hostname} was not resolved within ${LONGEST_WAIT_MS} ms.`);
  return Object.assign(error, { code: 'EAI_AGAIN' });
}
