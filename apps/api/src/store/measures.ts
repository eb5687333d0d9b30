/** The counters kept per minute; see `RollupStore`. Those of `HISTOGRAM_MEASURES` carry durations too. */
export const HISTOGRAM_MEASURES = [
  'attempt.2xx',
  'attempt.3xx',
  'attempt.4xx',
  'attempt.5xx',
  'attempt.error',
  'latency',
] as const;

export const PLAIN_MEASURES = [
  'event.routed',
  'event.unmatched',
  'event.quarantined',
  'event.duplicate',
  'delivery.made',
  'delivery.succeeded',
  'delivery.dead',
  'delivery.cancelled',
  'delivery.reopened',
] as const;

/** Kept as running totals only, for the law of conservation: what retention took away. */
const PRUNED_MEASURES = ['event.pruned', 'delivery.pruned'] as const;

export const ALL_MEASURES = [...HISTOGRAM_MEASURES, ...PLAIN_MEASURES, ...PRUNED_MEASURES] as const;

export type Measure = (typeof ALL_MEASURES)[number];

export const MINUTE_MS = 60_000;

/** The measure that counts an attempt with this answer; null: no answer came. */
export function attemptMeasure(statusCode: number | null): Measure {
  if (statusCode === null || statusCode < 200 || statusCode > 599) return 'attempt.error';
  if (statusCode < 300) return 'attempt.2xx';
  if (statusCode < 400) return 'attempt.3xx';
  return statusCode < 500 ? 'attempt.4xx' : 'attempt.5xx';
}

/** The measures whose names start with one of the prefixes. */
export function measuresStartingWith<M extends string>(
  all: readonly M[],
  prefixes: readonly string[],
): M[] {
  return all.filter((measure) => prefixes.some((prefix) => measure.startsWith(prefix)));
}
