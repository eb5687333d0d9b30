import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate with its key, both PEM. */
export interface Certified {
  certificate: string;
  key: string;
}

export interface Authority extends Certified {
  /** A certificate of this authority; by default good from yesterday to tomorrow, for this machine. */
  issue(options?: IssueOptions): Promise<Certified>;
}

interface IssueOptions {
  name?: string;
  /** DNS names and addresses of a server. */
  names?: readonly { type: 'dns' | 'ip'; value: string }[];
  notAfter?: Date;
}

const LOOPBACK = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
] as const;

/** Makes a certificate authority of its own, with a new key. */
export async function makeAuthority(name: string): Promise<Authority> {
  const keys = await makeKeys();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    ...span(),
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });

  async function issue(options: IssueOptions = {}): Promise<Certified> {
    const subject = await makeKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...span(options.notAfter),
      serialNumber: serialNumber(),
      subject: `CN=${options.name ?? 'someone'}`,
      issuer: own.subject,
      publicKey: subject.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.SubjectAlternativeNameExtension([...(options.names ?? LOOPBACK)]),
      ],
    });
    return { certificate: certificate.toString('pem'), key: await keyPem(subject.privateKey) };
  }

  return { certificate: own.toString('pem'), key: await keyPem(keys.privateKey), issue };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(bytes, 'PRIVATE KEY');
}

function span(notAfter = new Date(Date.now() + DAY_MS)): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(notAfter.getTime() - 3 * DAY_MS), notAfter };
}

function serialNumber(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex');
}
