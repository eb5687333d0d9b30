import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(?:js|css|html|svg|json)$/;
const SMALLEST_WORTH_BYTES = 600;
const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < SMALLEST_WORTH_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const [gz, br] = await Promise.all([
    gzipAsync(bytes, { level: 9 }),
    brotliAsync(bytes, { params }),
  ]);
  await Promise.all([writeFile(`${file}.gz`, gz), writeFile(`${file}.br`, br)]);
}

/** A Vite plugin that writes `.gz` and `.br` beside every asset that shrinks, so that serving compresses nothing. */
export function compressAssets(): Plugin {
  let folder = 'dist';
  return {
    name: 'compress-assets',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true });
      const wanted = files.filter((file) => COMPRESSIBLE.test(file) && !file.startsWith('.vite'));
      await Promise.all(wanted.map((file) => compressFile(join(folder, file))));
    },
  };
}
