import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { SINGLE_PAGE_CASES } from '../single-page-cases.ts';
import type { Checks } from './checks.ts';
import { foldersIn } from './folders-in.ts';

/** Environments differ in their values, not in what they are made of. */
export async function checkEnvironmentsAreAlike(source: string, { count }: Checks): Promise<void> {
  const texts = new Map<string, string>();
  for (const name of await foldersIn(join(source, 'environments'))) {
    const folder = join(source, 'environments', name);
    const files = (await readdir(folder)).filter((file) => file.endsWith('.tf')).sort();
    const parts = files.map(
      async (file) => `${file}\n${await readFile(join(folder, file), 'utf8')}`,
    );
    texts.set(name, (await Promise.all(parts)).join('\n'));
  }
  const kinds = new Set(texts.values()).size;
  count('environments are alike', kinds === 1, `${[...texts.keys()].join(', ')} differ.`);
}

/** The function at the edge, with a table of paths. */
export async function checkSinglePage(source: string, { count }: Checks): Promise<void> {
  const code = await readFile(join(source, 'modules/cdn/functions/single-page.js'), 'utf8');
  for (const [asked, taken] of SINGLE_PAGE_CASES) {
    const event = { request: { uri: asked } };
    const { uri } = runInNewContext(`${code}; handler(event)`, { event }) as { uri: string };
    count(`the edge takes ${taken} for ${asked}`, uri === taken, `It takes ${uri}.`);
  }
}
