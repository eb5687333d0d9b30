import type { PagePosition } from './cursor.ts';

/** How far a scan has come, as a job keeps it. */
export function writeScanPosition({ at, seq }: PagePosition): string {
  return `${at}.${seq}`;
}

/** Null at the start. */
export function readScanPosition(position: string | null): PagePosition | null {
  if (position === null) return null;
  const [at, seq] = position.split('.').map(Number);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(seq)) {
    throw new TypeError(`Not a position: ${position}`);
  }
  return { at: at ?? 0, seq: seq ?? 0 };
}
