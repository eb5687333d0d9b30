import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/** Makes a certificate for loopback that signs itself, in a new folder: `certificate.pem`, `key.pem`. Answers the folder. */
export async function makeCertificate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-certificate-'));
  const { code, output } = await run(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')],
    ],
    { quiet: true },
  );
  if (code !== 0) throw new Error(`openssl made no certificate:\n${output}`);
  return folder;
}
