import type { Query } from './pool.ts';

/**
 * Makes the change feed fit the server that it lies on, when a process starts: a database that was copied from another server may hold rows whose numbers
 * this server's transactions have not reached, and the feed would stop before them. They are taken out; readers that had come further than
 * the feed then begin anew. One row always remains to go on from.
 */
export async function mendChangeFeed(query: Query): Promise<void> {
  // Whatever a statement sees was written by a transaction with a smaller number than this.
  await query(
    'DELETE FROM changes WHERE seq >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint',
  );
  await query(
    'INSERT INTO changes (at, item_count, resource_count) SELECT 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM changes)',
  );
}
