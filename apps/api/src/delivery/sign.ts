import {
  createHmac,
  createPrivateKey,
  createSecretKey,
  sign as signWithKey,
  type KeyObject,
} from 'node:crypto';
import type { SignatureVersion } from '../domain/resources.ts';

/** One key that signs, opened once and used many times. */
export interface SigningKey {
  version: SignatureVersion;
  key: KeyObject;
}

// RFC 8410: what stands before the 32-byte seed in a PKCS #8 Ed25519 key.
const PKCS8_ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/**
 * Opens `whsec_` + base64 (`v1`: the decoded bytes are the HMAC key) or `whsk_` + base64 of seed and public key (`v1a`).
 * Throws when the text is neither.
 */
export function openSigningKey(secret: string): SigningKey {
  const [prefix] = secret.split('_', 1);
  const bytes = Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
  if (prefix === 'whsec' && bytes.length > 0) return { version: 'v1', key: createSecretKey(bytes) };
  if (prefix === 'whsk' && bytes.length >= SEED_BYTES)
    return {
      version: 'v1a',
      key: createPrivateKey({
        key: Buffer.concat([PKCS8_ED25519_PREFIX, bytes.subarray(0, SEED_BYTES)]),
        format: 'der',
        type: 'pkcs8',
      }),
    };
  throw new Error('A signing secret must start with whsec_ or whsk_.');
}

/**
 * The value of `webhook-signature` by Standard Webhooks: for each key `version,base64` over `{id}.{timestamp}.{body bytes}`,
 * separated by spaces. Empty when there are no keys.
 */
export function sign(
  message: { id: string; timestampSeconds: number; body: Uint8Array },
  keys: readonly SigningKey[],
): string {
  const head = `${message.id}.${message.timestampSeconds}.`;
  let signatures = '';
  for (const { version, key } of keys) {
    const signature =
      version === 'v1'
        ? createHmac('sha256', key).update(head).update(message.body).digest('base64')
        : signWithKey(null, Buffer.concat([Buffer.from(head), message.body]), key).toString(
            'base64',
          );
    signatures += `${signatures === '' ? '' : ' '}${version},${signature}`;
  }
  return signatures;
}
