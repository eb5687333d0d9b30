import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LockedPackage {
  version?: string;
  license?: string;
  integrity?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Served to browsers as one packed file and never loaded here: what it was made of stays behind. */
const SERVED_AS_FILES = new Set(['rapidoc']);

interface LockFile {
  packages: Record<string, LockedPackage>;
}

/**
 * The folders of `node_modules` that the gateway needs to run, as the lock file has them, sorted.
 * @param root of the repository, with its packages installed
 */
export async function listRuntimePackages(root: string): Promise<string[]> {
  return walk(root, await readLock(root), ['apps/api'], SERVED_AS_FILES);
}

/** A package as the lock file knows it. */
export interface Part {
  name: string;
  version: string;
  /** As its makers wrote it down, in the words of SPDX. */
  license: string | undefined;
  /** `sha512-…` of the archive that it came in. */
  integrity: string | undefined;
  /** `name@version` of what it uses. */
  uses: string[];
}

/** Everything that is in the gateway and in the built dashboard. */
export async function listParts(root: string): Promise<Part[]> {
  const lock = await readLock(root);
  const { packages } = lock;
  const known = new Map(
    walk(root, lock, ['apps/api', 'apps/dashboard'], new Set()).map((path) => [path, nameOf(path)]),
  );
  return [...known].map(([path, name]) => {
    const { version = '', license, integrity, dependencies = {} } = packages[path] ?? {};
    const uses = Object.keys(dependencies).flatMap((used) => {
      const place = locate(packages, path, used);
      return place === null ? [] : [`${used}@${packages[place]?.version ?? ''}`];
    });
    return { name, version, license, integrity, uses };
  });
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

async function readLock(root: string): Promise<LockFile> {
  return JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile;
}

/** @param ends packages whose own dependencies are left out */
function walk(
  root: string,
  { packages }: LockFile,
  from: readonly string[],
  ends: ReadonlySet<string>,
): string[] {
  const found = new Set<string>();
  const waiting = [...from];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const { dependencies, optionalDependencies } = packages[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = locate(packages, folder, name);
      if (path === null || found.has(path)) continue;
      // Made for another system: not installed here.
      if (!existsSync(join(root, path)) && optionalDependencies?.[name] !== undefined) continue;
      found.add(path);
      if (!ends.has(name)) waiting.push(path);
    }
  }
  return [...found].sort();
}

/** Where Node finds a package from a folder: in the nearest `node_modules` upwards. */
function locate(
  packages: Readonly<Record<string, LockedPackage>>,
  from: string,
  name: string,
): string | null {
  for (let folder = from; ; folder = parentOf(folder)) {
    const path = join(folder, 'node_modules', name);
    if (path in packages) return path;
    if (folder === '') return null;
  }
}

function parentOf(folder: string): string {
  const parts = folder.split('/').slice(0, -1);
  return parts.join('/');
}
