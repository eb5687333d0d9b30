import { existsSync, readdirSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/** A file of the built dashboard. */
export interface Asset {
  file: string;
  /** Its compressed copies, best first. */
  encodings: readonly { name: 'br' | 'gzip'; file: string }[];
  /** Its name holds a hash of its content, so it never changes. */
  isHashed: boolean;
}

const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/**
 * The files of a folder by their URL path, found once: what is not in this list cannot be asked for.
 * @param dir may be missing: then there are none
 */
export function findAssets(dir: string | null): Map<string, Asset> {
  if (dir === null || !existsSync(dir)) return new Map();
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => resolve(entry.parentPath, entry.name));
  const all = new Set(files);
  return new Map(
    files
      .filter((file) => !/\.(br|gz)$/.test(file))
      .map((file) => [`/${relative(dir, file).split(sep).join('/')}`, assetOf(file, all)]),
  );
}

function assetOf(file: string, all: ReadonlySet<string>): Asset {
  const encodings: Asset['encodings'] = [
    { name: 'br' as const, file: `${file}.br` },
    { name: 'gzip' as const, file: `${file}.gz` },
  ].filter((encoding) => all.has(encoding.file));
  const isHashed = file.includes(`${sep}assets${sep}`) && HASHED.test(file);
  return { file, encodings, isHashed };
}
