import Database from 'better-sqlite3';
import { join } from 'node:path';

export interface StoredEvent {
  id: string;
  type: string;
  data: string;
}

export interface GroupCommit {
  /** Resolves after the commit, with false when the id was there already. */
  insert: (event: StoredEvent) => Promise<boolean>;
  /** The same for many, in one transaction. */
  insertAll: (events: readonly StoredEvent[]) => Promise<boolean[]>;
  markDelivered: (id: string) => void;
}

interface Insert {
  events: readonly StoredEvent[];
  resolve: (fresh: boolean[]) => void;
}

/**
 * One SQLite file, WAL, `synchronous=FULL`, in the calling process: whatever came in during one turn of the
 * event loop is committed together, and answered after the sync to disk. One row an event with a flag for
 * "delivered"; no attempts, no counters, no leases, no search.
 */
export function openGroupCommit(folder: string): GroupCommit {
  const database = new Database(join(folder, 'events.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    `CREATE TABLE event (id TEXT PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL,
       received_at INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0)`,
  );
  const insertEvent = database.prepare(
    'INSERT OR IGNORE INTO event (id, type, data, received_at) VALUES (?, ?, ?, ?)',
  );
  const setDelivered = database.prepare('UPDATE event SET delivered = 1 WHERE id = ?');
  let inserts: Insert[] = [];
  let delivered: string[] = [];
  let isScheduled = false;

  const write = database.transaction((): boolean[][] => {
    const now = Date.now();
    for (const id of delivered) setDelivered.run(id);
    return inserts.map(({ events }) =>
      events.map(({ id, type, data }) => insertEvent.run(id, type, data, now).changes === 1),
    );
  });
  const flush = (): void => {
    isScheduled = false;
    const answers = write.immediate();
    const done = inserts;
    inserts = [];
    delivered = [];
    done.forEach(({ resolve }, index) => resolve(answers[index] ?? []));
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  };
  const insertAll = (events: readonly StoredEvent[]): Promise<boolean[]> =>
    new Promise((resolve) => {
      inserts.push({ events, resolve });
      schedule();
    });
  return {
    insertAll,
    insert: async (event) => (await insertAll([event]))[0] ?? false,
    markDelivered: (id) => {
      delivered.push(id);
      schedule();
    },
  };
}
