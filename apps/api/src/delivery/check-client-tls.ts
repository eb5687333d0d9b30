import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readCertificates, writeCertificates } from './read-certificates.ts';

export interface TlsFault {
  member: 'clientCertificate' | 'clientKey' | 'ca';
  detail: string;
}

/** A target's TLS parts, all PEM, the key in clear. */
export interface TlsParts {
  clientCertificate: string | null;
  clientKey: string | null;
  ca: string | null;
}

export type TlsVerdict = { ok: true; parts: TlsParts } | { ok: false; faults: TlsFault[] };

/**
 * Checks that a certificate, its key and the CAs can be used, and that certificate and key belong together. The parts come back
 * without anything that stood around the PEM blocks.
 * @param now ms since 1970: a client certificate that has run out by then is refused; null lets it pass
 */
export function checkClientTls(parts: TlsParts, now: number | null): TlsVerdict {
  const faults: TlsFault[] = [];
  const read = <T>(
    member: TlsFault['member'],
    text: string | null,
    reader: (text: string) => T,
  ) => {
    try {
      return text === null ? null : reader(text);
    } catch (error) {
      faults.push({ member, detail: error instanceof Error ? error.message : String(error) });
      return null;
    }
  };
  const chain = read('clientCertificate', parts.clientCertificate, readCertificates);
  const key = read('clientKey', parts.clientKey, readKey);
  const ca = read('ca', parts.ca, readCertificates);
  const leaf = chain?.[0];
  if (leaf && key) faults.push(...checkPair(leaf, key));
  if (leaf && now !== null && leaf.validToDate.getTime() <= now)
    faults.push({
      member: 'clientCertificate',
      detail: `This certificate has expired on ${leaf.validToDate.toISOString()}.`,
    });
  if (faults.length > 0) return { ok: false, faults };
  const checked = {
    clientCertificate: chain && writeCertificates(chain),
    clientKey: key && key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ca: ca && writeCertificates(ca),
  };
  return checkUsable(checked);
}

function readKey(pem: string): KeyObject {
  if (/ENCRYPTED/.test(pem))
    throw new Error(
      'The key is locked with a passphrase; give it without (openssl pkey -in key.pem).',
    );
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error('This must be a private key in PEM form, such as "BEGIN PRIVATE KEY".');
  }
}

function checkPair(certificate: X509Certificate, key: KeyObject): TlsFault[] {
  if (certificate.checkPrivateKey(key)) return [];
  return [
    { member: 'clientKey', detail: 'The key does not belong to the (first) client certificate.' },
  ];
}

/** The TLS library has rules of its own, such as the least length of keys. */
function checkUsable(parts: TlsParts): TlsVerdict {
  const { clientCertificate: cert, clientKey: key, ca } = parts;
  try {
    createSecureContext({
      ...(cert !== null && { cert }),
      ...(key !== null && { key }),
      ...(ca !== null && { ca }),
    });
    return { ok: true, parts };
  } catch (error) {
    const member = cert === null ? 'ca' : 'clientCertificate';
    const message = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      faults: [{ member, detail: `TLS cannot be set up with this: ${message}` }],
    };
  }
}
