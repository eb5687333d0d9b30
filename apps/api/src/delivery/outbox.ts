import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Log } from './ports.ts';

/** Writes items to the store in batches, and goes on trying until they are written. */
export interface Outbox<T> {
  push(items: readonly T[]): void;
  /** So much waits to be written that no more should be made. */
  isFull(): boolean;
  /** Not yet written. */
  size(): number;
}

const MOST_PER_BATCH = 500;
const MOST_BATCHES = 4;
const FULL_AT = 4000;
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 5000;

/**
 * What is pushed in one turn of the event loop is written together; several batches may be under way. A batch that
 * is refused waits and is written again; refused for another reason than the store's state, its items are written one by
 * one, so that a bad one holds up no other.
 * @param onProgress called after each batch that was written
 */
export function createOutbox<T>(deps: {
  name: string;
  write: (batch: readonly T[]) => Promise<unknown>;
  clock: Clock;
  log: Log;
  onProgress: () => void;
}): Outbox<T> {
  const queue: T[] = [];
  const suspects: T[] = [];
  let underWay = 0;
  let batches = 0;
  let backoffMs = FIRST_BACKOFF_MS;
  let isScheduled = false;
  let isResting = false;

  function schedule(): void {
    if (isScheduled || isResting) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    while (!isResting && batches < MOST_BATCHES) {
      if (queue.length > 0) write(queue.splice(0, MOST_PER_BATCH), queue);
      else if (suspects.length > 0) write(suspects.splice(0, 1), suspects);
      else return;
    }
  }

  function write(batch: T[], home: T[]): void {
    batches += 1;
    underWay += batch.length;
    void attempt(batch, home).finally(() => {
      batches -= 1;
      underWay -= batch.length;
      schedule();
      deps.onProgress();
    });
  }

  async function attempt(batch: T[], home: T[]): Promise<void> {
    try {
      await deps.write(batch);
      backoffMs = FIRST_BACKOFF_MS;
    } catch (error) {
      deps.log('warn', `${deps.name} is written again`, { count: batch.length, error });
      if (isTransient(error)) home.unshift(...batch);
      else suspects.push(...batch);
      rest();
    }
  }

  function rest(): void {
    if (isResting) return;
    isResting = true;
    deps.clock.after(backoffMs, () => {
      isResting = false;
      schedule();
    });
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
  }

  const size = () => queue.length + suspects.length + underWay;
  return {
    push(items) {
      queue.push(...items);
      schedule();
    },
    isFull: () => size() >= FULL_AT,
    size,
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof GatewayError && ['not_ready', 'overloaded'].includes(error.code);
}
