import type { z } from 'zod';
import type { VerificationInput } from '../../contract/sources.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Verification } from '../../domain/resources.ts';
import { standardWebhooksKey } from '../../ingest/standard-webhooks-key.ts';
import type { Services } from '../services.ts';
import { givenOf } from './merge-patch.ts';

/**
 * A source's verification with its secret sealed; left out, the secret of the same scheme stays. Throws `invalid_request` when
 * there is none to keep or it cannot work, or when an own scheme names no header.
 */
export function sealVerification(
  services: Pick<Services, 'sealer'>,
  given: z.output<typeof VerificationInput> | null,
  current: Verification | null,
): Verification | null {
  if (given === null) return null;
  const { secret, ...rest } = given;
  if (secret !== undefined) checkSecret(rest.scheme, secret);
  const kept = current?.scheme === rest.scheme ? current : null;
  const sealed = secret === undefined ? kept?.secret : services.sealer.seal(secret);
  if (!sealed)
    throw faultAt(
      'secret',
      'missing',
      `"verification.secret" is missing; give the secret that ${rest.scheme} webhooks are signed with.`,
    );
  const merged = { ...kept, ...givenOf(rest), secret: sealed };
  if (merged.scheme === 'hmac' && merged.signatureHeader === undefined)
    throw faultAt(
      'signatureHeader',
      'missing',
      '"verification.signatureHeader" is missing; name the header that carries the signature.',
    );
  return merged;
}

/** Every webhook would be refused, and the sender is not told why. */
function checkSecret(scheme: Verification['scheme'], secret: string): void {
  if (secret.trim() !== secret)
    throw faultAt(
      'secret',
      'white_space',
      '"verification.secret" begins or ends with white space; paste it again without.',
    );
  if (scheme === 'standard-webhooks' && !standardWebhooksKey(secret))
    throw faultAt(
      'secret',
      'invalid_secret',
      '"verification.secret" is no key of Standard Webhooks; paste what the sender shows: "whsec_" and base64, or a public key, "whpk_" and base64 of 32 bytes.',
    );
}

function faultAt(member: string, code: string, detail: string): GatewayError {
  return new GatewayError('invalid_request', detail, {
    faults: [{ pointer: `/verification/${member}`, code, detail }],
  });
}
