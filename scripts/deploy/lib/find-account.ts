import { chown } from 'node:fs/promises';
import { command } from './command.ts';

/** Whom a process runs as; empty: as this one. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** An account of this system by its name. Only root can act as another one. */
export async function findAccount(name: string): Promise<Account> {
  if (name === '' || process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number(await command('id', [flag, name]))),
  );
  return uid === undefined || gid === undefined ? {} : { uid, gid };
}

/** Makes files an account's own. */
export async function giveTo({ uid, gid }: Account, ...paths: string[]): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) await chown(path, uid, gid);
}
