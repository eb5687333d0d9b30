import type { Clock } from '../../domain/clock.ts';
import { createChangeHints } from '../change-hints.ts';
import type { ChangeFeed as FeedOfStore } from '../store.ts';
import { createListener } from './listener.ts';
import { createClient } from './pool.ts';
import type { Database } from './pool.ts';
import { createChangeReads } from './reads/changes.ts';

const CHANNEL = 'signalbox_changes';
/** Other processes are told of commits at most this often. */
const NOTICE_PAUSE_MS = 50;

export interface ChangeFeed {
  reads: FeedOfStore;
  /** After a commit of this process that the feed tells of. */
  announce: () => void;
  close(): Promise<void>;
}

/**
 * The change feed with its hints. Own commits are hinted at once. Those of other processes are heard over NOTIFY, while somebody listens here, and
 * found by looking every 250 ms where no notice comes through. Notices are sent after the commit and apart from it: inside, the server would
 * let one transaction that notifies commit after the other.
 */
export function createChangeFeed(deps: {
  database: Database;
  clock: Clock;
  url: string;
  /** Of this process, as the server shows it; notices with it are our own. */
  name: string;
}): ChangeFeed {
  const { database, clock, url, name } = deps;
  const reads = createChangeReads(database);
  const hints = createChangeHints(clock, reads.changePosition);
  const listener = createListener({
    connect: () => createClient({ url, name: `${name} listener` }),
    channel: CHANNEL,
    clock,
    onNotice(sender) {
      if (sender !== name) hints.announce();
    },
  });
  const notices = createNotices(database, clock, name);
  let listeners = 0;
  let stopping = Promise.resolve();

  return {
    reads: {
      ...reads,
      onChange(heed) {
        // Each call listens by itself, also with a function that listens already.
        const stop = hints.listen(() => heed());
        listeners += 1;
        if (listeners === 1) listener.start();
        let isStopped = false;
        return () => {
          if (isStopped) return;
          isStopped = true;
          stop();
          listeners -= 1;
          if (listeners === 0) stopping = listener.stop();
        };
      },
    },
    announce() {
      hints.announce();
      notices.send();
    },
    async close() {
      hints.stop();
      notices.stop();
      await Promise.all([stopping, listener.stop()]);
    },
  };
}

/** Tells other processes: at once, and then no more than one time in each pause. */
function createNotices(database: Pick<Database, 'query'>, clock: Clock, name: string) {
  let cancelPause: (() => void) | null = null;
  let isDue = false;
  let isStopped = false;

  function send(): void {
    if (isStopped) return;
    isDue = cancelPause !== null;
    if (isDue) return;
    // Who does not hear of it finds it by looking.
    database.query('SELECT pg_notify($1, $2)', [CHANNEL, name]).catch(() => undefined);
    cancelPause = clock.after(NOTICE_PAUSE_MS, () => {
      cancelPause = null;
      if (isDue) send();
    });
  }

  return {
    send,
    stop() {
      isStopped = true;
      cancelPause?.();
    },
  };
}
