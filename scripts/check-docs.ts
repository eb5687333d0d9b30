import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SETTINGS } from '../apps/api/src/config.ts';
import { ROOT } from './lib/run.ts';

// Keeps the documents honest: linked files exist, every npm script they show exists, every setting is described.
const problems: string[] = [];
const FOLDERS: Record<string, string> = { api: 'apps/api', dashboard: 'apps/dashboard' };

const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'bench/README.md'],
  ...(await readdir(resolve(ROOT, 'docs'), { recursive: true }))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

for (const document of documents) {
  const text = await readFile(resolve(ROOT, document), 'utf8');
  for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(link)) continue;
    const file = resolve(ROOT, dirname(document), link);
    if (!(await exists(file))) problems.push(`${document} links to ${link}, which does not exist`);
  }
  for (const [, path = ''] of text.matchAll(
    /`((?:apps|bench|scripts|docs|infra|nginx)\/[\w./-]+)`/g,
  )) {
    if (!(await exists(resolve(ROOT, path))))
      problems.push(`${document} names ${path}, which does not exist`);
  }
  for (const [command, name = '', workspace = ''] of text.matchAll(
    /npm run ([\w:-]+)(?: -w @signalbox\/(\w+))?/g,
  )) {
    const scripts = await scriptNames(FOLDERS[workspace] ?? '.');
    if (!scripts.has(name)) problems.push(`${document} shows "${command}", which does not exist`);
  }
}

const settings = await readFile(resolve(ROOT, 'docs/settings.md'), 'utf8');
const described = new Set([...settings.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name = '']) => name));
for (const name of Object.keys(SETTINGS)) {
  if (!described.has(name)) problems.push(`docs/settings.md has no row for ${name}`);
}
for (const name of described) {
  if (!(name in SETTINGS))
    problems.push(`docs/settings.md describes ${name}, which is not a setting`);
}

for (const problem of problems) console.log(problem);
console.log(`${documents.length} documents checked, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function scriptNames(folder: string): Promise<Set<string>> {
  const text = await readFile(resolve(ROOT, folder, 'package.json'), 'utf8');
  return new Set(Object.keys((JSON.parse(text) as { scripts: Record<string, string> }).scripts));
}
