import type { Clock } from '../domain/clock.ts';

/** Remembers answers for a short while, by key, so that a repeat gets the very same one. Rejections are not kept. */
export interface RefreshGrace<T> {
  once(key: string, work: () => Promise<T>): Promise<T>;
}

const GRACE_MS = 10_000;
const MAX_ENTRIES = 1000;

/**
 * Two tabs that wake up together, or a page reloaded while it refreshes, send the same refresh token twice. Refusing the second
 * would sign an honest person out, so for ten seconds a repeat in this process gets the first one's answer: the same successor.
 * What it costs: a thief who is that quick is not noticed at once. But thief and victim then hold the same successor, and whoever
 * spends it second, within the life of one access token, is caught and the family revoked. A repeat that reaches another
 * process counts as reuse.
 */
export function createRefreshGrace<T>(clock: Clock): RefreshGrace<T> {
  const answers = new Map<string, { answer: Promise<T>; cancel: () => void }>();

  function forget(key: string): void {
    answers.get(key)?.cancel();
    answers.delete(key);
  }

  return {
    once(key, work) {
      const known = answers.get(key);
      if (known) return known.answer;
      const answer = work();
      answers.set(key, { answer, cancel: clock.after(GRACE_MS, () => forget(key)) });
      answer.catch(() => forget(key));
      const oldest = answers.keys().next();
      if (answers.size > MAX_ENTRIES && !oldest.done) forget(oldest.value);
      return answer;
    },
  };
}
