import type { Database } from 'better-sqlite3';

/** Prepares the noting of event types that were seen on events. */
export function createSeenTypes(database: Database) {
  const note = database.prepare(
    `INSERT INTO seen_types (type, first_seen_at, last_seen_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at), last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
  );
  return (seen: readonly (readonly [type: string, at: number])[]): void => {
    const spans = new Map<string, { first: number; last: number }>();
    for (const [type, at] of seen) {
      const span = spans.get(type);
      if (!span) spans.set(type, { first: at, last: at });
      else {
        span.first = Math.min(span.first, at);
        span.last = Math.max(span.last, at);
      }
    }
    for (const [type, { first, last }] of spans) note.run(type, first, last);
  };
}
