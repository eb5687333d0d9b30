import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ROOT, run } from './run.ts';

/** One thing that is built from files of this repository. */
interface Build {
  name: string;
  folder: string;
  command: string;
  args: string[];
  /** Files and folders that it depends on. */
  inputs: readonly string[];
}

const SHARED = ['package-lock.json', 'tsconfig.base.json'];

export const GATEWAY: Build = {
  name: 'gateway',
  folder: 'apps/api',
  command: 'tsc',
  args: ['-p', 'tsconfig.build.json'],
  inputs: ['apps/api/src', 'apps/api/tsconfig.json', 'apps/api/tsconfig.build.json', ...SHARED],
};

export const DASHBOARD: Build = {
  name: 'dashboard',
  folder: 'apps/dashboard',
  command: 'vite',
  args: ['build'],
  inputs: [
    'apps/dashboard/src',
    'apps/dashboard/public',
    'apps/dashboard/index.html',
    'apps/dashboard/package.json',
    'apps/dashboard/vite.config.ts',
    'apps/api/src/contract',
    'apps/api/src/domain',
    ...SHARED,
  ],
};

/** Builds into `<folder>/dist` unless what is there was built from these very files. */
export async function buildWhenStale(build: Build): Promise<void> {
  const folder = resolve(ROOT, build.folder);
  const stamp = join(folder, 'dist/.built-from');
  const wanted = await fingerprint(build.inputs);
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === wanted) return;
  console.log(`Building the ${build.name} (again only when its files change) …`);
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  const { code, output } = await run(build.command, build.args, { cwd: folder, quiet: true });
  if (code !== 0) throw new Error(`The ${build.name} could not be built:\n${output}`);
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, wanted);
}

async function fingerprint(inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await filesBelow(resolve(ROOT, input))) {
      hash
        .update(file.slice(ROOT.length))
        .update('\0')
        .update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTDIR') return [path];
    throw error;
  }
}
