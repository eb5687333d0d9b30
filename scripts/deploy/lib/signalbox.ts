import { join } from 'node:path';
import { attempt } from './command.ts';
import type { Account } from './find-account.ts';
import { Stop } from './program.ts';

/**
 * Runs the command line of a release, with the settings of this environment, and answers its JSON.
 * @param how other settings, and whom it runs as
 * @throws Stop with its own words when it fails
 */
export async function signalbox<T>(
  release: string,
  args: readonly string[],
  how: { env?: Readonly<Record<string, string>>; account?: Account } = {},
): Promise<T> {
  const main = join(release, 'apps/api/dist/cli/main.js');
  const { code, output, errors } = await attempt(process.execPath, [main, ...args, '--json'], how);
  const answer = parse(output);
  if (code === 0 && answer !== null) return answer as T;
  const { error } = (answer ?? {}) as { error?: { message: string } };
  throw new Stop(`signalbox ${args[0] ?? ''} failed: ${error?.message ?? `${output}${errors}`}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
