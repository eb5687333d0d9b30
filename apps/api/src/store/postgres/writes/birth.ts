import { HAS_TURN, WAITS } from '../../turns.ts';
import { NUMBERS_A_DAY } from '../row-numbers.ts';

/** SQL of a new delivery's row number, from the column `day`. */
export const DELIVERY_NUMBER = `day * ${NUMBERS_A_DAY} + nextval('deliveries_running')`;

/**
 * SQL of the turn of a new delivery: null without a key, else the turn itself for the first of its line, if nobody has it. The line's lock is held.
 * @param row the new row, with `place`, `subscription_id` and `ordering_key`
 */
export function turnAtBirth(row: string): string {
  return `CASE WHEN ${row}.ordering_key IS NULL THEN NULL
    WHEN row_number() OVER (PARTITION BY ${row}.subscription_id, ${row}.ordering_key ORDER BY ${row}.place) = 1 AND NOT EXISTS (
      SELECT 1 FROM deliveries AS holder
      WHERE holder.subscription_id = ${row}.subscription_id AND holder.ordering_key = ${row}.ordering_key AND holder.turn = ${HAS_TURN}
    ) THEN ${HAS_TURN} ELSE ${WAITS} END`;
}
