import { createCommitPace } from '../commit-pace.ts';
import { isEnvironmentFailure, isSilence } from './failures.ts';
import { COMMAND_BYTES } from './write-bounds.ts';
import type { WriteBounds } from './write-bounds.ts';

/** Under load; longer than with SQLite, as a transaction is several statements on another process. */
const BETWEEN_COMMITS_MS = 5;

interface Waiting<I, O> {
  items: readonly I[];
  resolve: (outputs: O[]) => void;
  reject: (error: unknown) => void;
}

export interface LaneOptions<I, O> {
  bounds: WriteBounds;
  /** Its commands end work that was accepted before, and find room when new work does not. */
  isUnderWay: boolean;
  /** Transactions at a time. */
  width: number;
  /** Items in one transaction, unless a single command has more. */
  mostItems: number;
  /** Payload of an item. */
  sizeOf: (item: I) => number;
  /** Writes items in one transaction; answers in their order. */
  write: (items: readonly I[]) => Promise<O[]>;
}

/**
 * Group commit: while transactions are under way, the next commands gather here and go over together. One that makes its
 * transaction fail fails alone.
 */
export function createLane<I, O>(
  options: LaneOptions<I, O>,
): (items: readonly I[]) => Promise<O[]> {
  const { bounds, isUnderWay, width, mostItems, sizeOf, write } = options;
  let waiting: Waiting<I, O>[] = [];
  let running = 0;
  let waitingItems = 0;
  const pace = createCommitPace(BETWEEN_COMMITS_MS);

  function takeBatch(): Waiting<I, O>[] {
    let count = 0;
    const end = waiting.findIndex(({ items }, index) => {
      count += items.length;
      return index > 0 && count > mostItems;
    });
    const batch = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return batch;
  }

  function flush(): void {
    if (running >= width || waiting.length === 0) return;
    const batch = takeBatch();
    const count = batch.reduce((sum, { items }) => sum + items.length, 0);
    waitingItems -= count;
    pace.begin(count);
    running += 1;
    void writeBatch(batch).finally(() => {
      running -= 1;
      schedule();
    });
    schedule();
  }

  function schedule(): void {
    if (running < width && waiting.length > 0) pace.schedule(waitingItems, flush);
  }

  async function writeBatch(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await write(batch.flatMap(({ items }) => items));
      let offset = 0;
      for (const { items, resolve } of batch) {
        resolve(outputs.slice(offset, offset + items.length));
        offset += items.length;
      }
    } catch (error) {
      if (isSilence(error)) refuseWaiting(error);
      if (batch.length === 1 || isEnvironmentFailure(error)) {
        for (const { reject } of batch) reject(error);
      } else {
        // One command of the batch is at fault; find it, and let the others through.
        for (const one of batch) await writeBatch([one]);
      }
    }
  }

  /** Whoever waited as long as the server was given need not wait for its silence once more. */
  function refuseWaiting(error: unknown): void {
    const refused = waiting;
    waiting = [];
    waitingItems = 0;
    for (const { reject } of refused) reject(error);
  }

  return async (items) => {
    const sizeBytes = items.reduce((sum, item) => sum + COMMAND_BYTES + sizeOf(item), 0);
    const leave = bounds.enter(sizeBytes, isUnderWay);
    const written = new Promise<O[]>((resolve, reject) => {
      waiting.push({ items, resolve, reject });
    });
    waitingItems += items.length;
    schedule();
    return written.finally(leave);
  };
}
