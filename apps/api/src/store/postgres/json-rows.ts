/**
 * Puts rows into the JSON text that `json_to_recordset` takes apart again: one parameter for any number of rows. PostgreSQL's text
 * holds neither NUL nor half a surrogate pair, so these become U+FFFD.
 */
export function jsonRows(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  // Whole pairs are written as themselves, so an escaped surrogate stands alone.
  const isPlain = !text.includes('\\u0000') && !text.includes('\\ud');
  return isPlain ? text : JSON.stringify(rows, (_name, value: unknown) => plainText(value));
}

/** The same for a single text. */
export function plainText<T>(value: T): T | string {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}
