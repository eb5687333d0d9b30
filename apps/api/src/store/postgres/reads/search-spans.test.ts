import { describe, expect, test } from '@jest/globals';

import { coverSpan, laterSpan } from './search-spans.ts';
import type { SearchSpan } from './search-spans.ts';

const NOW = 1_765_143_360_123;

/** The moments that the names of a span stand for. */
function covers({ names }: SearchSpan, at: number): boolean {
  return names.some((name) => {
    const [bits, number] = name.slice(1).split(':').map(Number);
    return Math.floor(at / 2 ** (bits ?? 0)) === number;
  });
}

describe('spans of time for a search', () => {
  test.each([0, 1, 900, 17_000, 3_600_000, 86_400_000, 9 * 86_400_000])(
    'a stretch of %i ms is covered in both directions by at most 18 entries',
    (lengthMs) => {
      for (const way of [-1, 1]) {
        const span = coverSpan(NOW, NOW + way * lengthMs, way > 0);
        if (!span) throw new Error('It is short enough.');
        expect(span.names.length).toBeLessThanOrEqual(18);
        expect((span.end - (NOW + way * lengthMs)) * way).toBeGreaterThanOrEqual(0);
        for (const share of [0, 0.3, 0.5, 0.99, 1]) {
          expect(covers(span, Math.round(NOW + (span.end - NOW) * share))).toBe(true);
        }
      }
    },
  );
  test('a longer one is not covered', () => {
    expect(coverSpan(NOW, NOW - 40 * 86_400_000, false)).toBeNull();
  });
  test('the next span begins where the last one ended and is longer, until none is long enough', () => {
    for (const way of [-1, 1]) {
      let span = coverSpan(NOW, NOW + way * 4000, way > 0);
      for (let count = 0; span !== null; count += 1) {
        const next = laterSpan(span, 16);
        if (next) {
          expect(next.start).toBe(span.end + way);
          expect(Math.abs(next.end - next.start)).toBeGreaterThan(
            15 * Math.abs(span.end - span.start),
          );
        }
        expect(count).toBeLessThan(8);
        span = next;
      }
    }
  });
});
