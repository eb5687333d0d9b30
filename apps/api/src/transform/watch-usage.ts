import type { Clock } from '../domain/clock.ts';
import { PROGRESS_JOB, PROGRESS_START } from './jsonata-job.ts';
import type { StartedWorker } from './start-jsonata-worker.ts';

const WATCH_MS = 20;
/** A worker that does not even answer how long it ran is stopped after this many times the limit. */
const UNRESPONSIVE_FACTOR = 50;

/**
 * Calls `onOverrun` with its number when the job that runs has used more than `timeMs` of processor time: not of the clock on the wall, since a
 * busy machine is no fault of the expression. The answer ends the watch.
 */
export function watchUsage(
  { worker, progress }: StartedWorker,
  { clock, timeMs, onOverrun }: { clock: Clock; timeMs: number; onOverrun: (job: number) => void },
): () => void {
  let seen = 0;
  let seenAt = clock.now();
  let isOver = false;
  let stopTimer = clock.after(WATCH_MS, look);

  function look(): void {
    const number = progress[PROGRESS_JOB] ?? 0;
    if (number !== seen) seenAt = clock.now();
    if (number !== 0 && clock.now() - seenAt >= timeMs * UNRESPONSIVE_FACTOR) {
      onOverrun(number);
      return;
    }
    if (number !== 0 && number === seen) void checkUsage(number);
    seen = number;
    stopTimer = clock.after(WATCH_MS, look);
  }

  async function checkUsage(number: number): Promise<void> {
    // Null: the thread ended meanwhile; its 'error' event tells the rest.
    const used = await worker.cpuUsage().catch(() => null);
    if (used === null) return;
    const usedMs = (used.user + used.system - (progress[PROGRESS_START] ?? 0)) / 1000;
    if (!isOver && progress[PROGRESS_JOB] === number && usedMs >= timeMs) onOverrun(number);
  }

  return () => {
    isOver = true;
    stopTimer();
  };
}
