import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/**
 * The certificates of a PEM text, in their order. What stands between them is left out, so that nothing else is ever kept.
 * Throws with a message for a person when there is none, when one cannot be read, or when a private key lies among them.
 */
export function readCertificates(pem: string): X509Certificate[] {
  const blocks = [...pem.matchAll(BLOCK)].map(([block, label = '']) => ({ block, label }));
  if (/PRIVATE KEY/.test(pem))
    throw new Error(
      'This holds a private key; certificates are shown to whoever may read targets.',
    );
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (certificates.length === 0 || certificates.length < blocks.length)
    throw new Error('This must be one or more PEM blocks that begin with "BEGIN CERTIFICATE".');
  return certificates.map(({ block }, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new Error(`Certificate ${index + 1} cannot be read; is it complete?`);
    }
  });
}

/** Certificates as PEM text. */
export function writeCertificates(certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => certificate.toString()).join('');
}

/** When the first certificate of a PEM text runs out, in milliseconds since 1970; null when it cannot be read. */
export function certificateExpiresAt(pem: string): number | null {
  try {
    const [first] = readCertificates(pem);
    return first ? first.validToDate.getTime() : null;
  } catch {
    return null;
  }
}
