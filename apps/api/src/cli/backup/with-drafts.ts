import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Lends a folder beside where the outcome will lie, readable by this system user alone; it is gone afterwards. */
export async function withDrafts<T>(
  folder: string,
  work: (draft: (name: string) => string) => Promise<T>,
): Promise<T> {
  const drafts = await mkdtemp(join(folder, '.signalbox-draft-'));
  try {
    await chmod(drafts, 0o700);
    return await work((name) => join(drafts, name));
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}
