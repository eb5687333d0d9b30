import type { Query } from '../pool.ts';

/*
 * Numbers of transactions are given when they begin to write, and they commit in any order. So the feed ends before the oldest
 * one that still runs: everything before that is there for good or never will be.
 *
 * The server's own word for this (`pg_snapshot_xmin`) counts the transactions of all its databases, and a long one in a foreign database would stop
 * our feed. So where anything runs, the list of connections tells what runs in this database. The snapshot is older than that list: a transaction
 * with a smaller number than the snapshot's end stands in the list, or has ended before the list was read, and a statement that begins after this one sees what it left.
 * Connections of users whose transactions we may not see make the server's own word count.
 */
const FEED_END = `
WITH here AS MATERIALIZED (
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest, pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next
)
SELECT CASE
  WHEN oldest = next THEN next
  WHEN EXISTS (
    SELECT 1 FROM pg_stat_activity AS other
    WHERE other.datname = current_database() AND other.backend_type = 'client backend'
      AND NOT pg_has_role(other.usesysid, 'USAGE') AND NOT pg_has_role('pg_read_all_stats', 'USAGE')
  ) THEN oldest
  ELSE least(next, (
    -- Connections show the lower 32 bits; those that are ahead of ours count as later.
    SELECT min(next - age) FROM (
      SELECT (next - backend_xid::text::bigint) & 4294967295 AS age
      FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL
    ) AS running WHERE age < 2147483648
  ))
END AS "end" FROM here`;

/**
 * Where the feed ends for now: rows with smaller numbers are all to be seen by statements that begin after this one, and none of them
 * will appear later.
 */
export async function readFeedEnd(query: Query): Promise<number> {
  const [row] = await query<{ end: number }>(FEED_END);
  return row?.end ?? 0;
}
