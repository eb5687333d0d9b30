import type { Clock } from './clock.ts';

/** Does `work` now, and again `everyMs` after it has ended each time. A failure is reported, and changes nothing. */
export function repeat(deps: {
  clock: Clock;
  everyMs: number;
  work: () => Promise<void>;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { clock, everyMs, work, onError } = deps;
  let cancel = () => {};
  let isStopped = false;
  let running = run();

  async function run(): Promise<void> {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    if (!isStopped) {
      cancel = clock.after(everyMs, () => {
        running = run();
      });
    }
  }

  return {
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
