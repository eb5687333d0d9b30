import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { GatewayError } from '../domain/errors.ts';
import type { Sealed } from '../domain/resources.ts';

export interface SealingKeys {
  /** Seals from now on; the others only open. */
  currentKeyId: string;
  /** 32 bytes each, by id. */
  keys: Readonly<Record<string, Buffer>>;
}

export interface Sealer {
  seal(text: string): Sealed;
  /** Throws `internal` when the key is not loaded, or the box was changed. */
  open(sealed: Sealed): string;
  /** Whether a record should be sealed again, because it lies under an older key. */
  isOutdated(sealed: Sealed): boolean;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals secrets at rest with AES-256-GCM. The key's id is authenticated with the text. Throws when a key is not 32 bytes or the current one is missing. */
export function createSealer({ currentKeyId, keys }: SealingKeys): Sealer {
  const byId = new Map(Object.entries(keys));
  for (const [id, key] of byId) {
    if (key.length !== 32) throw new Error(`The sealing key ${id} must have 32 bytes.`);
  }
  const currentKey = byId.get(currentKeyId);
  if (!currentKey) throw new Error(`The current sealing key ${currentKeyId} is missing.`);

  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, currentKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(currentKeyId));
      const box = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return { keyId: currentKeyId, box: Buffer.concat(box).toString('base64') };
    },

    open({ keyId, box }) {
      const key = byId.get(keyId);
      if (!key) throw cannotOpen(`sealing key ${keyId} is not loaded`);
      const bytes = Buffer.from(box, 'base64');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw cannotOpen('the box is too short');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(keyId));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (error) {
        throw cannotOpen(error);
      }
    },

    isOutdated: (sealed) => sealed.keyId !== currentKeyId,
  };
}

function cannotOpen(cause: unknown): GatewayError {
  return new GatewayError(
    'internal',
    'A stored secret cannot be opened; check the sealing keys of this process.',
    { cause },
  );
}
