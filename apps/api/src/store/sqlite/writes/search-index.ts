import type { Database } from 'better-sqlite3';

import { indexedText } from '../../search-text.ts';

const JSON_DATA = 0;

interface Unindexed {
  seq: number;
  id: string;
  event_id: string;
  subject: string | null;
  data_kind: number;
  data: Buffer | null;
}

/**
 * Prepares the full-text index's catching up. The index follows the events in large strides, because each
 * transaction that touches it costs it a segment to be merged later; a counter in the database says how far it has come, and every search
 * catches up first. So it never misses an event, and a crash costs it nothing.
 */
export function createSearchIndex(database: Database) {
  const next = database.prepare<[number], Unindexed>(
    `SELECT seq, id, event_id, subject, data_kind, data FROM events
     WHERE seq > (SELECT value FROM counters WHERE name = 'last_indexed_event') ORDER BY seq LIMIT ?`,
  );
  const insert = database.prepare('INSERT INTO event_search (rowid, words) VALUES (?, ?)');
  const remember = database.prepare(
    "UPDATE counters SET value = ? WHERE name = 'last_indexed_event'",
  );

  /** Indexes up to `limit` further events; answers how many there were. */
  return (limit: number): number => {
    const events = next.all(limit);
    for (const { seq, id, event_id, subject, data_kind, data } of events) {
      const text = data === null ? '' : indexedText(data, data_kind === JSON_DATA);
      insert.run(seq, `${id} ${event_id} ${subject ?? ''} ${text}`);
    }
    const last = events.at(-1);
    if (last) remember.run(last.seq);
    return events.length;
  };
}
