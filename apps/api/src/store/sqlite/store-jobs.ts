import type { JobStore } from '../store.ts';
import type { ReadChannel } from './read-channel.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * Durable jobs: each method becomes a command in the queue or a question to a reader.
 * @param catchUp brings the full-text index up to the newest event; awaited before each search
 */
export function createStoreJobs(
  write: WriteQueue['write'],
  read: ReadChannel['read'],
  catchUp: () => Promise<void>,
): JobStore {
  return {
    insertJob: (job, audit) => write('insertJob', { job, audit }),
    getJob: (id) => read('getJob', id),
    listJobs: (filter, page) => read('listJobs', { filter, page }),
    changeJobState: (id, action, at, audit) => write('changeJobState', { id, action, at, audit }),
    async claimJobs(limit) {
      // Asked for every second by every process: a write lock only where there is something to take.
      if (limit <= 0 || !(await read('hasFreeJob', undefined))) return [];
      return write('claimJobs', limit);
    },
    async releaseJob(jobId, fence) {
      await write('releaseJob', { jobId, fence });
    },
    advanceJob: (step) => write('advanceJob', step),
    async scanEvents(scan) {
      if (scan.filter.q) await catchUp();
      return read('scanEvents', scan);
    },
    scanDeadLetters: (scan) => read('scanDeadLetters', scan),
    async countEvents(filter, most) {
      if (filter.q) await catchUp();
      return read('countEvents', { filter, most });
    },
    countDeadLetters: (filter, most) => read('countDeadLetters', { filter, most }),
    jobBacklog: (jobId, most) => read('jobBacklog', { jobId, most }),
    jobDeliveries: (jobId) => read('jobDeliveries', jobId),
  };
}
