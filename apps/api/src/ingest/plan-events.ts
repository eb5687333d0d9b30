import { setImmediate } from 'node:timers/promises';
import type { NewEvent } from '../store/store.ts';
import { isRefusal, type Refusal } from './incoming-event.ts';

/** Longest time that a batch is planned at a stretch, while nothing else of the process has its turn. */
const LONGEST_STRETCH_MS = 50;

/** Plans the events of a request one after another; refusals stay in their places. */
export async function planEvents<T extends object>(
  items: readonly (T | Refusal)[],
  plan: (item: T, index: number) => NewEvent | Refusal,
): Promise<(NewEvent | Refusal)[]> {
  const planned: (NewEvent | Refusal)[] = [];
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    planned.push(isRefusal(item) ? item : plan(item, index));
    if (performance.now() - since < LONGEST_STRETCH_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return planned;
}
