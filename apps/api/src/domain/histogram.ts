/**
 * Latency histograms with fixed, roughly logarithmic buckets: four to each doubling, so that a percentile is off by
 * at most 19 %. Bucket 0 holds everything below 1 ms; the last everything above about 18 hours.
 */
export const BUCKET_COUNT = 106;
const BUCKETS_PER_DOUBLING = 4;

export function bucketOf(durationMs: number): number {
  if (durationMs < 1) return 0;
  return Math.min(1 + Math.floor(Math.log2(durationMs) * BUCKETS_PER_DOUBLING), BUCKET_COUNT - 1);
}

/** The upper bound of a bucket in milliseconds. */
export function bucketUpperMs(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_DOUBLING);
}

/**
 * The value below which `share` (0–1) of the recorded durations lie, in milliseconds; null for an empty histogram.
 */
export function percentileMs(histogram: readonly number[], share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = total * share;
  let seen = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (count > 0 && seen + count >= wanted) {
      const lower = bucket === 0 ? 0 : bucketUpperMs(bucket - 1);
      return lower + (bucketUpperMs(bucket) - lower) * ((wanted - seen) / count);
    }
    seen += count;
  }
  return bucketUpperMs(BUCKET_COUNT - 1);
}
