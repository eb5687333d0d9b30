import { existsSync } from 'node:fs';
import { copyFile, link, open, rename, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../command.ts';

/** Where backups are kept. A file is one kind of place; others follow the same three questions. */
export interface BackupPlace {
  /** As a person knows it. */
  name: string;
  /** A folder for drafts from which `put` is cheap. */
  draftFolder: string;
  exists(): Promise<boolean>;
  /** Moves a finished local file there: the whole of it, or nothing. Throws `refused` when something is there already, unless `overwrite`. */
  put(file: string, overwrite: boolean): Promise<void>;
  /** Copies what is there to a local file that does not exist. */
  fetch(to: string): Promise<void>;
}

/** The place that a person named. Throws `usage` for kinds of places that are not known. */
export function openBackupPlace(text: string): BackupPlace {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(text)?.[1];
  if (scheme !== undefined) {
    throw new CommandError(
      'usage',
      `"${text}" must be the path of a file; ${scheme}:// is not known.`,
    );
  }
  return filePlace(resolve(text));
}

function filePlace(file: string): BackupPlace {
  const folder = dirname(file);
  if (!existsSync(folder)) {
    throw new CommandError('usage', `The folder ${folder} does not exist; create it.`);
  }
  return {
    name: file,
    draftFolder: folder,
    exists: () => Promise.resolve(existsSync(file)),
    async put(draft, overwrite) {
      await sync(draft);
      if (overwrite) {
        await rename(draft, file);
      } else {
        await linkNew(draft, file);
        await unlink(draft);
      }
      await sync(folder);
    },
    fetch: (to) => copyFile(file, to),
  };
}

async function linkNew(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(file);
    throw error;
  }
}

export function taken(name: string): CommandError {
  return new CommandError(
    'refused',
    `${name} exists already. Choose another name, or add --overwrite.`,
  );
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
