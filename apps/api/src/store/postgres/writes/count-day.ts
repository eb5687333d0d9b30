import type { Query } from '../pool.ts';

/** A piece is read well within the time that a statement has, however much a day holds. */
const ROWS_A_PIECE = 20_000;

/**
 * Counts the rows of a range of numbers piece by piece, which no limit of a single statement ends.
 * @param isStopped looked at between two pieces; the count is of no use then
 */
export async function countDay(
  query: Query,
  table: 'events' | 'deliveries',
  [first, end]: readonly [number, number],
  isStopped: () => boolean,
): Promise<number> {
  let count = 0;
  for (let after = first - 1; !isStopped();) {
    const [piece] = await query<{ count: number; last: number | null }>(
      `SELECT count(*) AS count, max(seq) AS last FROM (
         SELECT seq FROM ${table} WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT ${ROWS_A_PIECE}
       ) AS piece`,
      [after, end],
    );
    count += piece?.count ?? 0;
    if (piece?.last == null || piece.count < ROWS_A_PIECE) break;
    after = piece.last;
  }
  return count;
}
