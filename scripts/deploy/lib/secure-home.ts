import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from './command.ts';
import { giveTo, type Account } from './find-account.ts';
import { Stop } from './program.ts';

/**
 * Makes the folder of releases root's own, for root runs what `current` leads to: whoever may write here is root. The gateway's account keeps its
 * folder of logs alone. Hosts that were prepared earlier gave it all of this.
 * @param account what the gateway runs as; without one nothing is changed
 */
export async function secureHome(folder: string, account: Account): Promise<void> {
  if (account.uid === undefined) return;
  await chown(folder, 0, 0);
  await chmod(folder, 0o755);
  const [releases, logs] = [join(folder, 'releases'), join(folder, 'logs')];
  for (const path of [releases, logs]) {
    await mkdir(path, { recursive: true });
    // It may have been made by the gateway's account: what a link leads to is not given away.
    if (!(await lstat(path)).isDirectory()) throw new Stop(`${path} is to be a folder; remove it.`);
  }
  // Only what is another's: the age of a release is when it was changed last, and giving it to root again is a change.
  await command('find', [
    ...[releases, '(', '!', '-user', 'root', '-o', '!', '-group', 'root', ')'],
    ...['-exec', 'chown', '--no-dereference', 'root:root', '{}', '+'],
  ]);
  await giveTo(account, logs);
}
