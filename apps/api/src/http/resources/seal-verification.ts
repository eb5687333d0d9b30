import type { z } from 'zod';
import type { VerificationInput } from '../../contract/sources.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Verification } from '../../domain/resources.ts';
import type { Services } from '../services.ts';
import { givenOf } from './merge-patch.ts';

/**
 * A source's verification with its secret sealed; left out, the secret of the same scheme stays. Throws `invalid_request` when
 * there is none to keep, or when an own scheme names no header.
 */
export function sealVerification(
  services: Pick<Services, 'sealer'>,
  given: z.output<typeof VerificationInput> | null,
  current: Verification | null,
): Verification | null {
  if (given === null) return null;
  const { secret, ...rest } = given;
  const kept = current?.scheme === rest.scheme ? current : null;
  const sealed = secret === undefined ? kept?.secret : services.sealer.seal(secret);
  if (!sealed)
    throw missing(
      'secret',
      `"verification.secret" is missing; give the secret that ${rest.scheme} webhooks are signed with.`,
    );
  const merged = { ...kept, ...givenOf(rest), secret: sealed };
  if (merged.scheme === 'hmac' && merged.signatureHeader === undefined)
    throw missing(
      'signatureHeader',
      '"verification.signatureHeader" is missing; name the header that carries the signature.',
    );
  return merged;
}

function missing(member: string, detail: string): GatewayError {
  return new GatewayError('invalid_request', detail, {
    faults: [{ pointer: `/verification/${member}`, code: 'missing', detail }],
  });
}
