import { createHash, randomBytes } from 'node:crypto';

const SOURCE_KEY_PREFIX = 'sbk_';
const SOURCE_KEY = /^sbk_[A-Za-z0-9_-]{43}$/;

/** A new source key (256 random bits) and the hash that the store keeps of it. The prefix lets secret scanners know it. */
export function createSourceKey(): { key: string; hash: string } {
  const key = SOURCE_KEY_PREFIX + randomBytes(32).toString('base64url');
  return { key, hash: hashSecret(key) };
}

/** Whether a text has the form of a source key. */
export function isSourceKey(text: string): boolean {
  return SOURCE_KEY.test(text);
}

/** SHA-256 in hex, for secrets of 256 random bits: there is nothing to guess, so a slow hash would add nothing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
