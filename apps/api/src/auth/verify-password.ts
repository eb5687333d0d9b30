import { timingSafeEqual } from 'node:crypto';
import { derivePasswordTag } from './hash-password.ts';
import { parsePasswordHash, PASSWORD_COST } from './password-hash.ts';

/**
 * Whether a password belongs to a hash (PHC text). Null, or text that is no argon2id hash, costs the same work as a
 * real one and answers false: the time of an answer does not tell whether an account exists.
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const stored = phc === null ? null : parsePasswordHash(phc);
  const cost = stored ?? { ...PASSWORD_COST, salt: Buffer.alloc(16), tag: Buffer.alloc(32) };
  const tag = await derivePasswordTag(password, cost, cost.tag.length);
  return timingSafeEqual(tag, cost.tag) && stored !== null;
}
