import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhenStale, DASHBOARD, GATEWAY } from './build-when-stale.ts';
import { makeCertificate } from './make-certificate.ts';

/**
 * Prepares for tests of a gateway of several processes: builds it, and makes the certificate of the proxy in front.
 * @returns the variables that those tests need, and what removes the certificate again
 */
export async function shapeEnvironment(
  shape: string,
): Promise<{ env: Record<string, string>; remove: () => Promise<void> }> {
  await buildWhenStale(GATEWAY);
  await buildWhenStale(DASHBOARD);
  const folder = await makeCertificate();
  return {
    env: {
      SHAPE: shape,
      TEST_CERTIFICATE_DIR: folder,
      // Read when a process starts, so it cannot be set from within the tests.
      NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem'),
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
