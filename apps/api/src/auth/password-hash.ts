/** The parts of an argon2id hash in PHC text: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export interface PasswordHash {
  memoryKib: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  tag: Buffer;
}

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
export const PASSWORD_COST = { memoryKib: 19_456, passes: 2, parallelism: 1 } as const;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** PHC text; base64 without padding. */
export function formatPasswordHash(hash: PasswordHash): string {
  const cost = `m=${hash.memoryKib},t=${hash.passes},p=${hash.parallelism}`;
  return `$argon2id$v=19$${cost}$${unpadded(hash.salt)}$${unpadded(hash.tag)}`;
}

/** Null when the text is not an argon2id hash. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const match = PHC.exec(text);
  if (!match) return null;
  const [, memoryKib, passes, parallelism, salt = '', tag = ''] = match;
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
