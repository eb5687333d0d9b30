const DAY_MS = 86_400_000;

/**
 * A row number is `day * 2^38 + running number`, the day counted from 1970: whole numbers up to 2059, which JavaScript holds
 * exactly. The running number comes from a sequence of the database that starts again after 2^38.
 */
export const NUMBERS_A_DAY = 2 ** 38;

/** The day, counted from 1970, that a moment lies in. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}

/** The smallest row number of a day. Rows of events received (deliveries created) at `atMs` or later have this or a greater number. */
export function firstNumberOf(day: number): number {
  return day * NUMBERS_A_DAY;
}

/** The first moment of a day, in milliseconds since 1970. */
export function startOfDay(day: number): number {
  return day * DAY_MS;
}
