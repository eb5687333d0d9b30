import type { Clock } from '../domain/clock.ts';

/** The outcome of `work`, or an error when it takes longer than `limitMs`. `who` is named in it. */
export async function within<T>(
  clock: Clock,
  limitMs: number,
  who: string,
  work: Promise<T>,
): Promise<T> {
  let cancel = () => {};
  const limit = new Promise<never>((_, fail) => {
    cancel = clock.after(limitMs, () => {
      fail(new Error(`${who} did not answer within ${limitMs} ms.`));
    });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    cancel();
  }
}
