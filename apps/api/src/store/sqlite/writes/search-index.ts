import type { Database } from 'better-sqlite3';

import { INDEXED_BYTES, indexedText } from '../../search-text.ts';

const JSON_DATA = 0;

/**
 * Prepares the full-text index's catching up. The index follows the events in large strides, because each
 * transaction that touches it costs it a segment to be merged later; a counter in the database says how far it has come, and every search
 * catches up first. So it never misses an event, and a crash costs it nothing.
 */
export function createSearchIndex(database: Database) {
  database.function('indexed_text', (data, kind) =>
    Buffer.isBuffer(data) ? indexedText(data, kind === JSON_DATA) : '',
  );
  const lastOf = database
    .prepare<[number], number | null>(
      `SELECT max(seq) FROM (SELECT seq FROM events
       WHERE seq > (SELECT value FROM counters WHERE name = 'last_indexed_event') ORDER BY seq LIMIT ?)`,
    )
    .pluck();
  // Short JSON without escapes, the rule, is its own text, and never leaves the engine.
  const insert = database.prepare<[number]>(
    `INSERT INTO event_search (rowid, words)
     SELECT seq, id || ' ' || event_id || ' ' || ifnull(subject, '') || ' ' ||
       CASE WHEN data_kind = ${JSON_DATA} AND length(data) <= ${INDEXED_BYTES} AND instr(data, x'5C') = 0
         THEN CAST(data AS TEXT) ELSE indexed_text(data, data_kind) END
     FROM events WHERE seq > (SELECT value FROM counters WHERE name = 'last_indexed_event') AND seq <= ? ORDER BY seq`,
  );
  const remember = database.prepare(
    "UPDATE counters SET value = ? WHERE name = 'last_indexed_event'",
  );

  /** Indexes up to `limit` further events; answers how many there were. */
  return (limit: number): number => {
    const last = lastOf.get(limit) ?? null;
    if (last === null) return 0;
    const { changes } = insert.run(last);
    remember.run(last);
    return changes;
  };
}
