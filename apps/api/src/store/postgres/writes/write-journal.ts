import type { Journal } from '../journal.ts';
import { jsonRows } from '../json-rows.ts';
import type { Post } from '../pool.ts';
import { sumCounts } from '../rollup-cells.ts';

/*
 * Everybody adds to rows of their own (`writer`), in the order of their keys, so no two processes wait for each other here and
 * transactions of one process never wait in a circle. The change row comes last: its number is taken when the transaction has its own.
 */
const WRITE = `
WITH counted AS (
  INSERT INTO rollups (measure, at, source_id, type, target_id, writer, count, histogram)
  SELECT measure, at, source_id, type, target_id, $1::bigint, count, translate(histogram::text, '[]', '{}')::integer[]
  FROM json_to_recordset($2::json) AS cell (measure text, at bigint, source_id text, type text, target_id text, count bigint, histogram json)
  ORDER BY measure, at, source_id, type, target_id
  ON CONFLICT (measure, at, source_id, type, target_id, writer) DO UPDATE
  SET count = rollups.count + excluded.count, histogram = add_histograms(rollups.histogram, excluded.histogram)
), noted AS (
  INSERT INTO seen_types (type, writer, first_seen_at, last_seen_at)
  SELECT type, $1::bigint, first, last FROM json_to_recordset($3::json) AS sight (type text, first bigint, last bigint) ORDER BY type
  ON CONFLICT (type, writer) DO UPDATE
  SET first_seen_at = least(seen_types.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(seen_types.last_seen_at, excluded.last_seen_at)
)
INSERT INTO changes (at, item_count, resource_count, events, deliveries, resources)
SELECT $4::bigint, $5::integer, $6::integer, $7::bigint[], $8::bigint[], $9::text WHERE $5::integer > 0`;

/**
 * Sends what a transaction has gathered, as its last statement.
 * @returns whether the change feed will have news
 */
export function writeJournal(post: Post, journal: Journal, writer: number): boolean {
  const deliveries = [...new Set(journal.updatedDeliveries)];
  const { acceptedEvents, changedResources } = journal;
  const itemCount = acceptedEvents.length + deliveries.length + changedResources.length;
  if (itemCount === 0 && journal.counts.length === 0) return false;
  post(WRITE, [
    writer,
    jsonRows(sumCounts(journal.counts)),
    jsonRows(sightsOf(journal)),
    journal.now,
    itemCount,
    changedResources.length,
    `{${acceptedEvents.join()}}`,
    `{${deliveries.join()}}`,
    JSON.stringify(changedResources),
  ]);
  return itemCount > 0;
}

function sightsOf(journal: Journal): { type: string; first: number; last: number }[] {
  const sights = new Map<string, { type: string; first: number; last: number }>();
  for (const [type, at] of journal.seenTypes) {
    const sight = sights.get(type);
    if (sight) {
      sight.first = Math.min(sight.first, at);
      sight.last = Math.max(sight.last, at);
    } else {
      sights.set(type, { type, first: at, last: at });
    }
  }
  return [...sights.values()];
}
