import type { StoredEvent } from './group-commit.ts';
import type { Send } from './sender.ts';

const IN_FLIGHT = 64;
const RETRY_AFTER_MS = 1000;

/**
 * Delivers from a queue in memory, 64 at a time. A failure is tried again after one second, for ever. What is
 * waiting is lost when the process dies: the rows are on disk, but nothing reads them at the next start.
 */
export function createDeliveryLoop(
  send: Send,
  onDelivered: (id: string) => void,
): (event: StoredEvent) => void {
  const queue: StoredEvent[] = [];
  let head = 0;
  let inFlight = 0;

  const takeNext = (): StoredEvent | undefined => {
    const event = queue[head];
    if (event !== undefined) head += 1;
    if (head >= 10_000) {
      queue.splice(0, head);
      head = 0;
    }
    return event;
  };
  const deliver = async (event: StoredEvent): Promise<void> => {
    try {
      await send(event.id, event.data);
      onDelivered(event.id);
    } catch {
      setTimeout(() => enqueue(event), RETRY_AFTER_MS);
    }
    inFlight -= 1;
    pump();
  };
  const pump = (): void => {
    while (inFlight < IN_FLIGHT) {
      const event = takeNext();
      if (event === undefined) return;
      inFlight += 1;
      void deliver(event);
    }
  };
  const enqueue = (event: StoredEvent): void => {
    queue.push(event);
    pump();
  };
  return enqueue;
}
