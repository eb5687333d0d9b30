import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ROOT, run } from './run.ts';

const STAMP = resolve(ROOT, 'apps/dashboard/dist/.built-from');

// What the built dashboard depends on: its own files, the contract's, and the versions of the packages.
const INPUTS = [
  'apps/dashboard/src',
  'apps/dashboard/index.html',
  'apps/dashboard/package.json',
  'apps/dashboard/vite.config.ts',
  'apps/api/src/contract',
  'apps/api/src/domain',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Builds the dashboard unless what is there was built from these very files. */
export async function buildDashboardWhenStale(): Promise<void> {
  const wanted = await fingerprint();
  const built = await readFile(STAMP, 'utf8').catch(() => '');
  if (built === wanted) return;
  console.log('Building the dashboard (once; again only when its files change) …');
  const { code, output } = await run('vite', ['build'], {
    cwd: resolve(ROOT, 'apps/dashboard'),
    quiet: true,
  });
  if (code !== 0) throw new Error(`The dashboard could not be built:\n${output}`);
  await writeFile(STAMP, wanted);
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
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
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
