import { createKeyPair } from '../../delivery/create-secrets.ts';
import type { TargetBody } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** The target with a key pair on its newest secret, where `v1a` was switched on and there is none yet. */
export function withSignatureKeys(
  services: Pick<Services, 'sealer'>,
  body: TargetBody,
): TargetBody {
  const [newest, ...older] = body.secrets;
  if (!newest || newest.asymmetric !== null || !body.signatures.includes('v1a')) return body;
  const pair = createKeyPair();
  const asymmetric = services.sealer.seal(pair.privateKey);
  return { ...body, secrets: [{ ...newest, asymmetric, publicKey: pair.publicKey }, ...older] };
}
