import type { z } from 'zod';
import type { TargetTlsInput } from '../../contract/targets.ts';
import { checkClientTls, type TlsFault } from '../../delivery/check-client-tls.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { TargetTls } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/**
 * A target's TLS settings with the key sealed: what is left out stays, null takes it away. Throws `invalid_request` when a part
 * cannot be used, when certificate and key do not belong together, or when a certificate that is given has expired.
 */
export function sealTargetTls(
  services: Pick<Services, 'sealer' | 'clock'>,
  given: z.output<typeof TargetTlsInput> | null | undefined,
  current: TargetTls | null,
): TargetTls | null {
  if (given === undefined) return current;
  if (given === null) return null;
  const keep = <T>(fresh: T | null | undefined, stored: T | null | undefined): T | null =>
    (fresh === undefined ? stored : fresh) ?? null;
  const clientCertificate = keep(given.clientCertificate, current?.clientCertificate);
  const serverName = keep(given.serverName, current?.serverName);
  const ca = keep(given.ca, current?.ca);
  if (clientCertificate === null && given.clientKey !== undefined)
    throw refuse([{ member: 'clientCertificate', detail: MISSING_CERTIFICATE }]);

  // The stored key is opened as well, for a new certificate must fit it.
  const stored = current?.clientKey ? services.sealer.open(current.clientKey) : null;
  const clientKey = clientCertificate === null ? null : (given.clientKey ?? stored);
  if (clientCertificate !== null && clientKey === null)
    throw refuse([{ member: 'clientKey', detail: MISSING_KEY }]);

  const now = given.clientCertificate === undefined ? null : services.clock.now();
  const verdict = checkClientTls({ clientCertificate, clientKey, ca }, now);
  if (!verdict.ok) throw refuse(verdict.faults);
  const { parts } = verdict;
  if (parts.clientCertificate === null && parts.ca === null && serverName === null) return null;
  const isSameKey = parts.clientKey === stored && current !== null;
  return {
    clientCertificate: parts.clientCertificate,
    clientKey: isSameKey ? current.clientKey : sealOrNull(services, parts.clientKey),
    ca: parts.ca,
    serverName,
  };
}

const MISSING_CERTIFICATE = '"tls.clientCertificate" is missing; a key is of no use without it.';
const MISSING_KEY = '"tls.clientKey" is missing; give it, for there is none to keep.';

function sealOrNull({ sealer }: Pick<Services, 'sealer'>, text: string | null) {
  return text === null ? null : sealer.seal(text);
}

function refuse(faults: readonly TlsFault[]): GatewayError {
  return new GatewayError('invalid_request', faults.map(({ detail }) => detail).join(' '), {
    faults: faults.map(({ member, detail }) => ({
      pointer: `/tls/${member}`,
      code: 'invalid_tls',
      detail,
    })),
  });
}
