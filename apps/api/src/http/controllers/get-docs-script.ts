import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Answer } from '../exchange.ts';

const require = createRequire(import.meta.url);

/** The viewer of the API reference, as its package ships it. */
export async function getDocsScript(): Promise<Answer> {
  const body = await readFile(require.resolve('rapidoc/dist/rapidoc-min.js'));
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    },
    body,
  };
}
