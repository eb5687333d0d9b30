import { isRecord } from './is-record.ts';

/** EventBridge's names for what CloudEvents calls otherwise; they count at the root only. */
export const ROOT_ALIASES: ReadonlyMap<string, string> = new Map([
  ['detail', 'data'],
  ['detail-type', 'type'],
]);

/**
 * The document under the names that compiled patterns use. Our own documents come back as they are; of a foreign event
 * `detail` and `detail-type` are renamed, unless it has `data` and `type` as well.
 */
export function canonicalRoot(document: unknown): unknown {
  if (!isRecord(document) || !hasAlias(document)) return document;
  const renamed = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(document)) {
    const [first = '', ...rest] = key.split('.');
    const name = ROOT_ALIASES.get(first);
    const canonical = name === undefined ? key : [name, ...rest].join('.');
    if (canonical === key || !Object.hasOwn(document, canonical)) renamed[canonical] = value;
  }
  return renamed;
}

function hasAlias(document: Record<string, unknown>): boolean {
  for (const key in document) if (key.startsWith('detail')) return true;
  return false;
}
