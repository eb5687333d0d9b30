/**
 * SQL that compares a whole-number column of rows that are found by their row numbers. Written so that no index serves it: the planner takes few rows to be
 * in a passing state, and would go through all that were in it since the last cleaning, once for each row number.
 */
export function is(column: string, value: number): string {
  return `${column} + 0 = ${value}`;
}

/**
 * SQL that says again what a join on row numbers says, so that an index serves it. A join alone is planned by how large the table was: with the plan of
 * a day that had just begun, each statement goes through the whole table, until the server takes stock of it a minute later.
 * @param rows a `WITH` query that has the row numbers in its column `key`
 */
export function isAmong(column: string, rows: string, key = 'seq'): string {
  return `${column} = ANY (ARRAY(SELECT ${key} FROM ${rows}))`;
}
