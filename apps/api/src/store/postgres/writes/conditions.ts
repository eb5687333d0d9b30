/**
 * SQL that compares a whole-number column of rows that are found by their row numbers. Written so that no index serves it: the planner takes few rows to be
 * in a passing state, and would go through all that were in it since the last cleaning, once for each row number.
 */
export function is(column: string, value: number): string {
  return `${column} + 0 = ${value}`;
}
