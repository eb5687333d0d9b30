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
const RANDOM_BYTES = 10;
const POOL_BYTES = RANDOM_BYTES * 512;

/**
 * An id factory whose ids sort by the time they were made: 48 bits of milliseconds, then 80 random
 * bits that are counted up within one millisecond (the layout of ULID).
 * @param now milliseconds since 1970
 */
export function createIdFactory(now: () => number): IdFactory {
  const pool = Buffer.alloc(POOL_BYTES);
  let offset = POOL_BYTES;
  let lastMs = -1;
  let timeText = '';
  const random = new Uint8Array(RANDOM_BYTES);

  function refill(): void {
    if (offset >= POOL_BYTES) {
      randomFillSync(pool);
      offset = 0;
    }
    for (let index = 0; index < RANDOM_BYTES; index += 1) random[index] = pool[offset + index] ?? 0;
    // Room to count up within the millisecond without overflow.
    random[0] = (random[0] ?? 0) & 0x7f;
    offset += RANDOM_BYTES;
  }

  function countUp(): void {
    for (let index = RANDOM_BYTES - 1; index >= 0; index -= 1) {
      const value = ((random[index] ?? 0) + 1) & 0xff;
      random[index] = value;
      if (value !== 0) return;
    }
  }

  return (prefix) => {
    const ms = Math.max(now(), lastMs);
    if (ms === lastMs) {
      countUp();
    } else {
      lastMs = ms;
      timeText = encodeTime(ms);
      refill();
    }
    return `${prefix}_${timeText}${encodeRandom(random)}`;
  };
}

function encodeTime(ms: number): string {
  let rest = ms;
  let text = '';
  for (let index = 0; index < 10; index += 1) {
    text = (ALPHABET[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeRandom(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31] ?? '';
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
