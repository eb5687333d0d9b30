import { BUCKET_COUNT, percentileMs } from '../domain/histogram.ts';
import type { RollupRow } from '../store/store.ts';

/** What rollup rows say together. */
export interface AttemptTally {
  attempts: number;
  attemptsFailed: number;
  /** Share of attempts that succeeded, 0–1; null without attempts. */
  successRate: number | null;
  /** Accepted → succeeded. */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** Adds up attempts and latencies. */
export function tallyAttempts(rows: readonly RollupRow[]): AttemptTally {
  const attempts = countOf(rows, 'attempt.');
  const attemptsFailed = attempts - countOf(rows, 'attempt.2xx');
  const latency = mergeHistograms(rows.filter(({ measure }) => measure === 'latency'));
  return {
    attempts,
    attemptsFailed,
    successRate: attempts === 0 ? null : (attempts - attemptsFailed) / attempts,
    p50Ms: percentileMs(latency, 0.5),
    p95Ms: percentileMs(latency, 0.95),
    p99Ms: percentileMs(latency, 0.99),
  };
}

/** The sum of the counters whose names start with `prefix`. */
export function countOf(rows: readonly RollupRow[], prefix: string): number {
  let sum = 0;
  for (const row of rows) if (row.measure.startsWith(prefix)) sum += row.count;
  return sum;
}

export function mergeHistograms(rows: readonly RollupRow[]): number[] {
  const merged = new Array<number>(BUCKET_COUNT).fill(0);
  for (const { histogram } of rows) {
    if (!histogram) continue;
    for (const [bucket, count] of histogram.entries()) {
      if (count > 0) merged[bucket] = (merged[bucket] ?? 0) + count;
    }
  }
  return merged;
}
