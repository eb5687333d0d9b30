import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningKeyBody } from '../domain/resources.ts';
import type { Sealer } from './sealing.ts';

const generate = promisify(generateKeyPair);

/** A new P-256 key for ES256; its `kid` is the JWK thumbprint (RFC 7638), the private half is sealed. */
export async function makeSigningKey(sealer: Pick<Sealer, 'seal'>): Promise<SigningKeyBody> {
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return {
    kid,
    publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
    privateKey: sealer.seal(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
    retiredAt: null,
  };
}
