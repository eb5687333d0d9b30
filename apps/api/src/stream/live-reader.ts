import type { Clock } from '../domain/clock.ts';
import type { Change, Store } from '../store/store.ts';
import { createTokenBucket } from './token-bucket.ts';

/** Reads the change feed for everybody who listens now. */
export interface LiveReader {
  /** Where the next reading goes on; null while nobody listens. */
  position(): string | null;
  /** Starts reading after a position, where it does not read yet. */
  start(position: string): void;
  stop(): void;
  /** Reads what there is now. Only inside `exclusive`. */
  read(): Promise<void>;
  /** Runs work while no reading runs, in the order of the calls. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Says that there may be news: they are read soon, together with what else comes until then. */
  hint(): void;
}

const CHANGES_PER_SECOND = 1000;
const BURST = 2000;

/**
 * One reading at a time, at most one each `intervalMs()`, and at most 1,000 changes a second: above that the store thins them
 * out and says how many it passed over.
 */
export function createLiveReader(deps: {
  store: Pick<Store, 'changes' | 'onChange'>;
  clock: Clock;
  intervalMs: () => number;
  onChanges: (changes: readonly Change[], passedOver: number) => void;
  onError: (error: unknown) => void;
}): LiveReader {
  const { store, clock } = deps;
  const bucket = createTokenBucket(clock, CHANGES_PER_SECOND, BURST);
  let position: string | null = null;
  let lastReadAt = -Infinity;
  let isScheduled = false;
  let cancelTimer = () => {};
  let unsubscribe = () => {};
  let tail: Promise<unknown> = Promise.resolve();

  function exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  }

  async function read(): Promise<void> {
    const from = position;
    if (from === null) return;
    lastReadAt = clock.now();
    const limit = Math.max(1, bucket.take(BURST));
    const {
      changes,
      position: next,
      leftOut,
    } = await store.changes({
      after: from,
      limit,
      thin: true,
    });
    // What was not used may be read next time.
    bucket.giveBack(limit - changes.length);
    // Stopped meanwhile, or started again from elsewhere: nobody waits for what was read.
    if (position !== from) return;
    position = next;
    deps.onChanges(changes, leftOut);
  }

  function hint(): void {
    if (position === null || isScheduled) return;
    isScheduled = true;
    const waitMs = lastReadAt + deps.intervalMs() - clock.now();
    if (waitMs <= 0) run();
    else cancelTimer = clock.after(waitMs, run);
  }

  function run(): void {
    exclusive(() => {
      // From here on news need a further reading.
      isScheduled = false;
      return read();
    }).catch(deps.onError);
  }

  return {
    position: () => position,
    start(at) {
      if (position !== null) return;
      position = at;
      unsubscribe = store.onChange(hint);
      hint();
    },
    stop() {
      position = null;
      isScheduled = false;
      cancelTimer();
      unsubscribe();
    },
    read,
    exclusive,
    hint,
  };
}
