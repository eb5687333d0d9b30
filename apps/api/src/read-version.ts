import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** This release's number, such as `1.4.0`; the same from `src` and from `dist`. */
export async function readVersion(): Promise<string> {
  const text = await readFile(resolve(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
