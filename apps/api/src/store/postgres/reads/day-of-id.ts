import { dayOf } from '../row-numbers.ts';

// The alphabet of our ids, Crockford's base 32 in lower case; see domain/ids.ts.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 10;

/** The day on which an id of ours was made, which its first ten characters tell; null: no id of ours. */
export function dayOfId(id: string): number | null {
  const start = id.indexOf('_') + 1;
  const text = id.slice(start, start + TIME_LENGTH);
  if (start === 0 || text.length < TIME_LENGTH) return null;
  let ms = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    ms = ms * ALPHABET.length + digit;
  }
  return dayOf(ms);
}
