import { generateKeyPairSync, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A new symmetric secret: `whsec_` + base64 of 32 random bytes (Standard Webhooks asks for 24 to 64). */
export function createSymmetricSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** A new Ed25519 pair: `whsk_` + base64 of seed and public key (64 bytes), `whpk_` + base64 of the public key (32 bytes). */
export function createKeyPair(): { privateKey: string; publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(d, 'base64url');
  const publicBytes = Buffer.from(x, 'base64url');
  return {
    privateKey: `whsk_${Buffer.concat([seed, publicBytes]).toString('base64')}`,
    publicKey: `whpk_${publicBytes.toString('base64')}`,
  };
}
