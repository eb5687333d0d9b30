import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BUCKET_COUNT, bucketOf, bucketUpperMs, percentileMs } from './histogram.ts';

describe('histogram', () => {
  test('an empty histogram has no percentile', () => {
    expect(percentileMs(new Array<number>(BUCKET_COUNT).fill(0), 0.5)).toBeNull();
  });

  test('every duration lies in its bucket', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60_000_000, noNaN: true }), (durationMs) => {
        const bucket = bucketOf(durationMs);
        expect(durationMs).toBeLessThanOrEqual(bucketUpperMs(bucket) * 1.000_001);
        if (bucket > 0)
          expect(durationMs).toBeGreaterThanOrEqual(bucketUpperMs(bucket - 1) * 0.999_999);
      }),
    );
  });

  test('a percentile is off by at most one bucket of 19 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (durations, share) => {
          const histogram = new Array<number>(BUCKET_COUNT).fill(0);
          for (const duration of durations) {
            const bucket = bucketOf(duration);
            histogram[bucket] = (histogram[bucket] ?? 0) + 1;
          }
          const sorted = [...durations].sort((a, b) => a - b);
          const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
          const estimate = percentileMs(histogram, share) ?? 0;
          expect(estimate).toBeLessThanOrEqual(exact * 1.2);
          expect(estimate).toBeGreaterThanOrEqual(exact / 1.2);
        },
      ),
    );
  });
});
