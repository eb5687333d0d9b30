import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { formatPasswordHash, PASSWORD_COST } from './password-hash.ts';
import type { PasswordHash } from './password-hash.ts';

const SALT_BYTES = 16;
const TAG_BYTES = 32;
const argon2Async = promisify(argon2);

/** Hashes a password with argon2id; answers PHC text. About 20 ms and 19 MiB a call, off the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derivePasswordTag(password, { ...PASSWORD_COST, salt }, TAG_BYTES);
  return formatPasswordHash({ ...PASSWORD_COST, salt, tag });
}

/** The argon2id output for a password; typed characters that look the same count as the same (NFKC). */
export async function derivePasswordTag(
  password: string,
  cost: Omit<PasswordHash, 'tag'>,
  tagBytes: number,
): Promise<Buffer> {
  return argon2Async('argon2id', {
    message: password.normalize('NFKC'),
    nonce: cost.salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: tagBytes,
  });
}
