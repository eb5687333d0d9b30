import { createKeyPair, createSymmetricSecret } from '../../delivery/create-secrets.ts';
import type { SignatureVersion, SigningSecret } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** A new signing secret, sealed, with its clear text to be shown once. A key pair comes along where `v1a` is on. */
export function makeSecret(
  services: Pick<Services, 'sealer' | 'clock'>,
  signatures: readonly SignatureVersion[],
): { secret: string; record: SigningSecret } {
  const secret = createSymmetricSecret();
  const pair = signatures.includes('v1a') ? createKeyPair() : null;
  return {
    secret,
    record: {
      symmetric: services.sealer.seal(secret),
      asymmetric: pair && services.sealer.seal(pair.privateKey),
      publicKey: pair?.publicKey ?? null,
      createdAt: services.clock.now(),
      expiresAt: null,
    },
  };
}
