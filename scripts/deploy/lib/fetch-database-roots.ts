import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { Stop, type Log } from './program.ts';

const TIMEOUT_MS = 30_000;

/**
 * Puts the roots of RDS into a file, which `sslrootcert` names: no list of Node or Debian has them. Where they cannot be fetched, those that are
 * there stay.
 */
export async function fetchDatabaseRoots(url: string, file: string, log: Log): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok || !text.includes('-----BEGIN CERTIFICATE-----'))
      throw new Error(`it answers ${response.status}, without certificates`);
    await writeFile(`${file}.new`, text, { mode: 0o644 });
    await rename(`${file}.new`, file);
  } catch (error) {
    const reason = `The roots of the database did not come from ${url}: ${String(error)}`;
    if (!existsSync(file)) throw new Stop(reason);
    log(`${reason}. Those that are there stay.`);
  }
}
