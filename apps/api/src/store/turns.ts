/* What an engine keeps in `turn` of a delivery that stands in a line; null for all others. */

/** Waits for its turn. */
export const WAITS = 1;
/** Has the turn. */
export const HAS_TURN = 2;
