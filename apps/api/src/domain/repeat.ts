import type { Clock } from './clock.ts';

/**
 * Does `work` now, or first after `firstAfterMs`, and again each time it has ended: after as many ms as it answers, otherwise after `everyMs`.
 * A failure is reported, and changes nothing. `stop` aborts the signal that `work` is given, and resolves when what is under way has ended.
 */
export function repeat(deps: {
  clock: Clock;
  everyMs: number;
  firstAfterMs?: number;
  work: (signal: AbortSignal) => Promise<number | undefined>;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { clock, everyMs, firstAfterMs, work, onError } = deps;
  const stopping = new AbortController();
  let cancel = () => {};
  let running = Promise.resolve();

  async function run(): Promise<void> {
    let waitMs = everyMs;
    try {
      waitMs = (await work(stopping.signal)) ?? everyMs;
    } catch (error) {
      onError(error);
    }
    if (!stopping.signal.aborted) runAfter(waitMs);
  }

  function runAfter(waitMs: number): void {
    cancel = clock.after(waitMs, () => {
      running = run();
    });
  }

  if (firstAfterMs === undefined) running = run();
  else runAfter(firstAfterMs);

  return {
    async stop() {
      stopping.abort();
      cancel();
      await running;
    },
  };
}
