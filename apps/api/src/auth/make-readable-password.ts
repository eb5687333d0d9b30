import { randomInt } from 'node:crypto';

// No l, o, 0, 1, i, u: nothing to mistake when it is typed from a screen.
const READABLE = 'abcdefghjkmnpqrstvwxyz23456789';

/** Four groups of five characters: 98 bits. */
export function makeReadablePassword(): string {
  const group = () =>
    Array.from({ length: 5 }, () => READABLE[randomInt(READABLE.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
