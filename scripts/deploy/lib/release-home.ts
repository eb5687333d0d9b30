import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { command } from './command.ts';
import { hashFile } from './hash-file.ts';
import { requireVersion, type ReleaseFacts } from './manifest.ts';
import { Stop } from './program.ts';

/** The folder of a host that holds `releases/<version>` and the link `current` to the one that runs. */
export interface ReleaseHome {
  folder: string;
  folderOf(version: string): string;
  /** The version that `current` leads to. */
  current(): Promise<string | null>;
  /** Makes `current` lead to another release, in one step: at no moment does it lead nowhere. */
  switchTo(version: string): Promise<void>;
  /** The newest release that is not `version`. */
  before(version: string): Promise<string | null>;
  /** Unpacks an artifact whose checksum is right; answers its version. What is there already is left as it is. */
  unpack(artifact: string, sha256: string): Promise<string>;
  /** Removes the oldest releases but `keep`, and never the current one. */
  prune(keep: number): Promise<string[]>;
}

export function openHome(folder: string): ReleaseHome {
  const releases = join(folder, 'releases');
  const link = join(folder, 'current');
  const folderOf = (version: string): string => join(releases, requireVersion(version));
  const current = async (): Promise<string | null> =>
    readlink(link).then(
      (target) => basename(target),
      () => null,
    );
  /** Newest first, by when they were unpacked. */
  const list = async (): Promise<string[]> => {
    const names = (await readdir(releases).catch(() => [])).filter((name) => !name.startsWith('.'));
    const times = await Promise.all(
      names.map(async (name) => (await stat(join(releases, name))).ctimeMs),
    );
    return names
      .map((name, index) => ({ name, time: times[index] ?? 0 }))
      .sort((a, b) => b.time - a.time)
      .map(({ name }) => name);
  };
  return {
    folder,
    folderOf,
    current,
    async switchTo(version) {
      const draft = join(folder, `.current-${process.pid}`);
      await rm(draft, { force: true });
      await symlink(join('releases', version), draft);
      await rename(draft, link);
    },
    async before(version) {
      return (await list()).find((name) => name !== version) ?? null;
    },
    async unpack(artifact, sha256) {
      const found = await hashFile(artifact);
      if (found !== sha256) {
        throw new Stop(
          `${artifact} has the checksum ${found}, not ${sha256}: it is not the artifact that was built.`,
        );
      }
      const draft = join(releases, `.draft-${process.pid}`);
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true });
      try {
        await command('tar', [
          '--extract',
          '--no-same-owner',
          `--file=${artifact}`,
          `--directory=${draft}`,
        ]);
        const { version } = await readFacts(draft);
        if (!existsSync(folderOf(version))) await rename(draft, folderOf(version));
        return version;
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
    async prune(keep) {
      const running = await current();
      const old = (await list()).filter((name) => name !== running).slice(Math.max(0, keep - 1));
      for (const name of old) await rm(join(releases, name), { recursive: true, force: true });
      return old;
    },
  };
}

/** What a release says of itself. */
export async function readFacts(release: string): Promise<ReleaseFacts> {
  const text = await readFile(join(release, 'manifest.json'), 'utf8').catch(() => {
    throw new Stop(`There is no release in ${release}.`, 2);
  });
  return JSON.parse(text) as ReleaseFacts;
}
