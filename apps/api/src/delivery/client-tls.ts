import { createSecureContext, type SecureContext } from 'node:tls';
import type { Sealed, TargetTls } from '../domain/resources.ts';

/** A target's TLS settings with the key opened. */
export interface ClientTls {
  /** PEM. */
  certificate: string | null;
  key: string | null;
  ca: string | null;
  serverName: string | null;
  /** All of it but the name, read once for all connections. */
  context: SecureContext;
}

/**
 * The TLS settings of a target; null where it has none of its own. Throws when the key cannot be opened or the TLS library
 * refuses one of the parts.
 */
export function openClientTls(
  tls: TargetTls | null | undefined,
  openSecret: (sealed: Sealed) => string,
): ClientTls | null {
  if (!tls) return null;
  const { clientCertificate: certificate, ca, serverName } = tls;
  const key = tls.clientKey === null ? null : openSecret(tls.clientKey);
  const context = createSecureContext({
    ...(certificate === null ? {} : { cert: certificate }),
    ...(key === null ? {} : { key }),
    ...(ca === null ? {} : { ca }),
  });
  return { certificate, key, ca, serverName, context };
}

/** Whether connections made with `a` may be used for `b`. */
export function isSameTls(a: ClientTls | null, b: ClientTls | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.certificate === b.certificate &&
    a.key === b.key &&
    a.ca === b.ca &&
    a.serverName === b.serverName
  );
}
