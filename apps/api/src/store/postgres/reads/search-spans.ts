import { SPAN_BITS, spanName } from '../event-words.ts';

/** A stretch of time from a moment to `end`, both taken in, and the entries of the index that cover it (and perhaps a little more). */
export interface SearchSpan {
  start: number;
  end: number;
  /** Whether `end` lies after `start`, or before. */
  isAscending: boolean;
  names: string[];
}

/** More entries than this are not asked for at once: longer spans take their place. */
const MOST_NAMES = 18;

/**
 * Covers the time from `start` to about `end`, which may lie before or after it; the far end is moved outward to where a span of the index ends.
 * @returns null when it is too long to be covered
 */
export function coverSpan(start: number, end: number, isAscending: boolean): SearchSpan | null {
  for (const bits of SPAN_BITS) {
    const length = 2 ** bits;
    const [near, far] = [Math.floor(start / length), Math.floor(end / length)];
    const count = Math.abs(far - near) + 1;
    if (count > MOST_NAMES) continue;
    const first = Math.min(near, far);
    const names = Array.from({ length: count }, (_, index) => spanName(bits, first + index));
    return {
      start,
      end: isAscending ? (far + 1) * length - 1 : far * length,
      isAscending,
      names,
    };
  }
  return null;
}

/** The span that follows another one on its way, `growth` times as long; null: too long to be covered. */
export function laterSpan(
  { start, end, isAscending }: SearchSpan,
  growth: number,
): SearchSpan | null {
  const way = isAscending ? 1 : -1;
  const length = Math.abs(end - start) + 1;
  return coverSpan(end + way, end + way * length * growth, isAscending);
}
