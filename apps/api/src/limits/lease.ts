import type { Clock } from '../domain/clock.ts';
import type { Count } from './count.ts';
import type { Grant } from './ledger.ts';
import type { Sharing } from './sharing.ts';

/** The part of one key's budget that this process may use without asking. */
export interface Lease {
  hit(): Count | Promise<Count>;
  charge(hits: number): void;
  /** Hits of all processes in this window as far as is known here, without what is leased and unused. */
  used(): { hits: number; endsAt: number };
  /** The end of the window, in milliseconds since 1970. */
  readonly endsAt: number;
}

/** The longest that a hit waits for the ledger's answer; then this process decides by its share of the limit. */
export const LONGEST_WAIT_MS = 5;
/**
 * All processes together hold at most about this part of a limit unused, and half as much again that is on its way:
 * what may be missing from a window whose load is uneven.
 */
const LEASED_PART = 0.02;

export function createLease(deps: {
  key: string;
  clock: Clock;
  windowMs: number;
  limit: () => number;
  sharing: Sharing;
  /** Hits of this window that were let in before the ledger was asked. */
  spent: number;
}): Lease {
  const { key, clock, windowMs, sharing } = deps;
  /** Whether the ledger has said something about the window that runs. */
  let isKnown = false;
  let endsAt = clock.now() + windowMs;
  let left = 0;
  let hits = 0;
  /** Let in without a grant: told with the next ask, and counted in this window. */
  let owed = deps.spent;
  let advanced = 0;
  let isAsking = false;
  /** The answer is late: nobody else waits for it. */
  let isSlow = false;
  let waiting: ((count: Count) => void)[] = [];

  function roll(now: number): void {
    if (now < endsAt) return;
    endsAt = now + windowMs;
    isKnown = false;
    left = 0;
    hits = 0;
    advanced = 0;
  }

  const portion = (): number =>
    Math.max(1, Math.floor((deps.limit() * LEASED_PART) / sharing.state().processes));
  // Where a portion is a single hit, none is held in advance: who has none asks.
  const isLow = (): boolean => {
    const size = portion();
    return size > 1 && left * 2 < size && !isUsedUp();
  };
  const isUsedUp = (): boolean => isKnown && hits >= deps.limit();
  const count = (totalHits: number): Count => ({ totalHits, resetTime: new Date(endsAt) });
  const refused = (): Count => count(Math.max(deps.limit(), hits) + 1);
  const admitted = (): Count => count(Math.min(deps.limit(), hits - left + owed));

  function ask(): void {
    if (isAsking) return;
    isAsking = true;
    const want = isLow() ? Math.max(portion(), waiting.length) : waiting.length;
    const spent = owed;
    owed = 0;
    const heard = isKnown ? { heardHits: hits, heardEndsInMs: endsAt - clock.now() } : UNHEARD;
    sharing.take({ key, windowMs, limit: deps.limit(), spent, want, ...heard }).then(
      (grant) => {
        learn(grant);
        serve();
      },
      () => {
        isAsking = false;
        owed += spent;
        decideAll();
      },
    );
  }

  function learn(grant: Grant): void {
    const now = clock.now();
    isAsking = false;
    isSlow = false;
    if (!isKnown || now >= endsAt) left = 0;
    isKnown = true;
    endsAt = now + grant.endsInMs;
    hits = grant.hits;
    left += grant.granted;
  }

  function serve(): void {
    const first = waiting.splice(0, left);
    left -= first.length;
    for (const answer of first) answer(admitted());
    if (waiting.length === 0) return;
    if (isUsedUp()) {
      answerAll(refused);
      return;
    }
    limitWait();
    ask();
  }

  function answerAll(decide: () => Count): void {
    const late = waiting;
    waiting = [];
    for (const answer of late) answer(decide());
  }

  const decideAll = (): void => answerAll(decideHere);

  /** Lets in as many as are this process' own share of a window, and owes them to the ledger. */
  function decideHere(): Count {
    const share = Math.ceil(deps.limit() / sharing.state().processes);
    if (isUsedUp() || advanced >= share) return refused();
    advanced += 1;
    owed += 1;
    return admitted();
  }

  function wait(): Promise<Count> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) limitWait();
    });
  }

  function limitWait(): void {
    const [first] = waiting;
    clock.after(LONGEST_WAIT_MS, () => {
      if (first === undefined || waiting[0] !== first) return;
      isSlow = true;
      decideAll();
    });
  }

  return {
    hit() {
      roll(clock.now());
      if (left > 0) {
        left -= 1;
        if (isLow()) ask();
        return admitted();
      }
      if (isUsedUp()) return refused();
      if (isSlow) return decideHere();
      const answer = wait();
      ask();
      return answer;
    },
    charge(count) {
      roll(clock.now());
      const fromLeft = Math.min(left, count);
      left -= fromLeft;
      owed += count - fromLeft;
      if (owed > 0) ask();
    },
    used: () => ({ hits: hits - left + owed, endsAt }),
    get endsAt() {
      return endsAt;
    },
  };
}

const UNHEARD = { heardHits: 0, heardEndsInMs: 0 };
