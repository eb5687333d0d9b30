import type { IdFactory } from '../../domain/ids.ts';
import type { Job, JobStep, ReplayedDelivery, Store } from '../../store/store.ts';
import type { ReplayPlanner } from './plan-replay.ts';

/** One event or dead letter of a job, and what is to be done with it. */
interface Item {
  position: string;
  make: ReplayedDelivery[];
  /** The dead letter. */
  deliveryId: string | null;
}

/** What one step does. */
export type Portion = Pick<JobStep, 'to' | 'scanned' | 'work'> & {
  /** Deliveries asked for, by which the pace counts. */
  size: number;
  /** Nothing follows. */
  isEnd: boolean;
};

/** The work of a job, read ahead in pages and handed out in portions. */
export interface WorkReader {
  /** The next portion: up to `size` deliveries, but one whole item at least. */
  next(size: number): Promise<Portion>;
}

const PAGE_ITEMS = 200;
const PAGE_BYTES = 1024 * 1024;

/** Reads the work of a job from `position` on. */
export function createWorkReader(
  deps: {
    store: Pick<Store, 'scanEvents' | 'scanDeadLetters'>;
    planner: ReplayPlanner;
    ids: IdFactory;
  },
  { task, bound, createdAt, position }: Job,
): WorkReader {
  const { store, planner, ids } = deps;
  let ahead: Item[] = [];
  let readTo = position;
  let isRead = false;

  async function readPage(): Promise<Item[]> {
    if (task.kind !== 'replay') {
      const page = await store.scanDeadLetters({
        filter: task.filter,
        endedBy: createdAt,
        after: readTo,
        limit: PAGE_ITEMS,
      });
      isRead = page.isEnd;
      return page.items.map(({ id }, index) => ({
        position: page.positions[index] ?? '',
        make: [],
        deliveryId: id,
      }));
    }
    const page = await store.scanEvents({
      filter: task.filter,
      bound,
      after: readTo,
      limit: PAGE_ITEMS,
      maxBytes: PAGE_BYTES,
      withData: planner.needsData(task.destination),
    });
    isRead = page.isEnd;
    return page.items.map((scanned, index) => ({
      position: page.positions[index] ?? '',
      make: planner
        .plan(task.destination, scanned)
        .map((delivery) => ({ ...delivery, id: ids('dlv') })),
      deliveryId: null,
    }));
  }

  function sizeOf({ make, deliveryId }: Item): number {
    return deliveryId === null ? make.length : 1;
  }

  function workOf(items: readonly Item[]): JobStep['work'] {
    if (task.kind === 'replay') return { make: items.flatMap(({ make }) => make) };
    const letters = items.flatMap(({ deliveryId }) => deliveryId ?? []);
    return task.kind === 'retry-dead' ? { retry: letters } : { discard: letters };
  }

  return {
    async next(size) {
      if (ahead.length === 0 && !isRead) {
        ahead = await readPage();
        readTo = ahead.at(-1)?.position ?? readTo;
      }
      let total = 0;
      let count = 0;
      for (const item of ahead) {
        const more = sizeOf(item);
        if (count > 0 && total + more > size) break;
        total += more;
        count += 1;
      }
      const items = ahead.slice(0, count);
      ahead = ahead.slice(count);
      return {
        to: items.at(-1)?.position ?? readTo,
        scanned: count,
        work: workOf(items),
        size: total,
        isEnd: isRead && ahead.length === 0,
      };
    },
  };
}
