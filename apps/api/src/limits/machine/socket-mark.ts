import { statSync } from 'node:fs';

/** Tells the file at `path` from another that takes its place; null: there is none. */
export function socketMark(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file ? `${file.dev}:${file.ino}:${file.mtimeMs}` : null;
}
