import { hash } from 'node:crypto';

import { isRecord } from './is-record.ts';
import { resolvePointer } from './resolve-pointer.ts';

/** Longer values, in UTF-16 code units, are kept as their hash: keys stand in an index. */
const LONGEST_KEY = 128;
// Control characters, which not every database can hold.
const CONTROL = /\p{Cc}/u;

/**
 * What an event is ordered by.
 * @param document from `toDocument`
 * @param path a name at the root (an attribute, an extension), or a JSON pointer when it starts with a slash
 * @returns at most 128 characters; null where the event has no such value, null or an empty text: it is then unordered. A number or boolean
 * equals its text; objects and arrays are equal whatever the order of their members; long values count by their SHA-256
 */
export function orderingKeyOf(
  document: Readonly<Record<string, unknown>>,
  path: string,
): string | null {
  const text = textOf(valueAt(document, path));
  if (text === '') return null;
  const isPlain = text.length <= LONGEST_KEY && !CONTROL.test(text) && text.isWellFormed();
  return isPlain ? text : `sha256:${hash('sha256', JSON.stringify(text), 'base64url')}`;
}

function valueAt(document: Readonly<Record<string, unknown>>, path: string): unknown {
  if (path.startsWith('/')) return resolvePointer(document, path);
  return Object.hasOwn(document, path) ? document[path] : undefined;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, sortedMembers);
}

function sortedMembers(_name: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
