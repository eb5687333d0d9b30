import { randomFillSync } from 'node:crypto';

/** The kinds of id in the public API. An id is `<prefix>_<26 characters>` and holds no dot (Standard Webhooks forbids it). */
export type IdPrefix =
  | 'evt'
  | 'dlv'
  | 'att'
  | 'src'
  | 'tgt'
  | 'sub'
  | 'rpl'
  | 'key'
  | 'sch'
  | 'usr'
  | 'aud'
  | 'alr'
  | 'rul'
  | 'req'
  | 'prc';

/** Makes ids; passed in, so that tests can make predictable ones. */
export type IdFactory = (prefix: IdPrefix) => string;

// Crockford base 32 in lower case: sorts as bytes do, and reads without mistakes.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS = Array.from(
  { length: 1024 },
  (_, value) => ALPHABET.charAt(value >> 5) + ALPHABET.charAt(value & 31),
);
/** 40 bits are eight characters; numbers below this are exact. */
const EIGHT_CHARACTERS = 2 ** 40;
const BYTES = 5;
const POOL_BYTES = BYTES * 1024;

/**
 * An id factory whose ids sort by the time they were made: 48 bits of milliseconds, then 80 random
 * bits that are counted up within one millisecond (the layout of ULID).
 * @param now milliseconds since 1970
 * @param random 40 random bits
 */
export function createIdFactory(now: () => number, random = createRandom()): IdFactory {
  let lastMs = -1;
  let timeText = '';
  // The random bits in two halves, since all ids of a millisecond but one in 2^40 share the upper one.
  let upper = 0;
  let upperText = '';
  let lower = 0;

  function setUpper(value: number): void {
    upper = value;
    upperText = encode(value);
  }

  return (prefix) => {
    const ms = Math.max(now(), lastMs);
    if (ms > lastMs) {
      lastMs = ms;
      timeText = pair(Math.floor(ms / EIGHT_CHARACTERS)) + encode(ms % EIGHT_CHARACTERS);
      // Room to count up within the millisecond without overflow.
      setUpper(Math.floor(random() / 2));
      lower = random();
    } else if (lower + 1 < EIGHT_CHARACTERS) {
      lower += 1;
    } else {
      lower = 0;
      setUpper(upper + 1);
    }
    return `${prefix}_${timeText}${upperText}${encode(lower)}`;
  };
}

/** Makes numbers of 40 random bits; their bytes are drawn many at a time, which saves a system call for each. */
function createRandom(): () => number {
  const pool = Buffer.alloc(POOL_BYTES);
  let offset = POOL_BYTES;
  return () => {
    if (offset === POOL_BYTES) {
      randomFillSync(pool);
      offset = 0;
    }
    offset += BYTES;
    return pool.readUIntBE(offset - BYTES, BYTES);
  };
}

/** 40 bits as eight characters. */
function encode(value: number): string {
  const upper = Math.floor(value / 2 ** 20);
  const lower = value % 2 ** 20;
  return pair(upper >> 10) + pair(upper & 1023) + pair(lower >> 10) + pair(lower & 1023);
}

/** Ten bits as two characters. */
function pair(value: number): string {
  return PAIRS[value] ?? '';
}
