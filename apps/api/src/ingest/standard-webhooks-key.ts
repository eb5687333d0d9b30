import { decodeBase64 } from './decode-base64.ts';

const PUBLIC_KEY_PREFIX = 'whpk_';
const SECRET_PREFIX = 'whsec_';
const ED25519_KEY_BYTES = 32;

/**
 * The key that Standard Webhooks writes as `whsec_` (which may be left out) and base64, or as `whpk_` and base64 of an Ed25519
 * public key; null where the text is neither.
 */
export function standardWebhooksKey(secret: string): { isPublic: boolean; bytes: Buffer } | null {
  const isPublic = secret.startsWith(PUBLIC_KEY_PREFIX);
  const prefix = isPublic ? PUBLIC_KEY_PREFIX : SECRET_PREFIX;
  const bytes = decodeBase64(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret);
  if (bytes === null || bytes.length === 0) return null;
  return isPublic && bytes.length !== ED25519_KEY_BYTES ? null : { isPublic, bytes };
}
