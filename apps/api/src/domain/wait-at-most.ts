import type { Clock } from './clock.ts';

/** Resolves when `work` has ended, or after `limitMs` if that comes first: false then, and it goes on unwatched. Rejects as `work` does. */
export async function waitAtMost(
  clock: Clock,
  limitMs: number,
  work: Promise<unknown>,
): Promise<boolean> {
  let cancel = () => {};
  const limit = new Promise<boolean>((resolve) => {
    cancel = clock.after(limitMs, () => resolve(false));
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    cancel();
  }
}
