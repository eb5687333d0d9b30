import type { Database } from 'better-sqlite3';

/** Prepares the question for the highest row number that a delivery ever had, so that none comes again after retention. */
export function createLastDelivery(database: Database): () => number {
  const last = database
    .prepare(
      "SELECT max(ifnull((SELECT max(seq) FROM deliveries), 0), (SELECT value FROM counters WHERE name = 'last_pruned_delivery'))",
    )
    .pluck();
  return () => Number(last.get());
}
