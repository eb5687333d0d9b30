/** So many commands in the commit before are many: a sender alone, who waits for each answer, is not held up. */
const MANY_COMMANDS = 4;
/** So many that wait are worth a commit at once. */
const ENOUGH_COMMANDS = 256;

/** When the next commit may begin. */
export interface CommitPace {
  /** Notes that a commit of so many commands begins. */
  begin(commands: number): void;
  /** Runs `commit` when it is due, and at once where enough commands wait; a call while one is scheduled changes nothing else. */
  schedule(waiting: number, commit: () => void): void;
}

/**
 * Most of what a commit of one command costs is the commit itself: each syncs, and writes the same counters and the same ends of the indexes. So when
 * many commands come at a time, commits begin no closer together than `betweenMs`, and what is asked for meanwhile goes along.
 */
export function createCommitPace(betweenMs: number): CommitPace {
  let dueAt = -Infinity;
  let isScheduled = false;
  return {
    begin(commands) {
      dueAt = performance.now() + (commands < MANY_COMMANDS ? 0 : betweenMs);
    },
    schedule(waiting, commit) {
      if (waiting >= ENOUGH_COMMANDS) {
        commit();
        return;
      }
      if (isScheduled) return;
      isScheduled = true;
      const run = () => {
        isScheduled = false;
        commit();
      };
      const earlyByMs = Math.round(dueAt - performance.now());
      if (earlyByMs > 0) setTimeout(run, earlyByMs);
      // What one turn of the event loop asks for, such as the requests of several sockets, goes together.
      else setImmediate(run);
    },
  };
}
