import { z } from 'zod';
import { DELIVERY_STATES } from '../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../domain/event.ts';
import { repeatable, Timestamp } from './common.ts';

/** What a time series can measure. Rates are a second; durations in milliseconds. */
export const MEASURES = [
  'eventsAccepted',
  'eventsUnmatched',
  'eventsQuarantined',
  'eventsDuplicate',
  'deliveriesMade',
  'deliveriesSucceeded',
  'deliveriesDead',
  'attempts',
  'attemptsFailed',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
] as const;
export const Measure = z.enum(MEASURES);
export type Measure = z.infer<typeof Measure>;

export const DIMENSIONS = ['sourceId', 'type', 'targetId'] as const;

/** `from` (inclusive) to `to` (exclusive); default: the last hour. */
export const TimeseriesQuery = z.strictObject({
  measures: repeatable(Measure),
  dimensions: repeatable(z.enum(DIMENSIONS)),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  /** Seconds, a multiple of 60; default: what gives at most 240 points. */
  step: z.coerce.number().int().min(60).multipleOf(60).optional(),
  sourceId: z.string().optional(),
  targetId: z.string().optional(),
});
export type TimeseriesQuery = z.input<typeof TimeseriesQuery>;

/** Counts are per step. A value is null where nothing was measured (percentiles). */
export const Timeseries = z.object({
  from: Timestamp,
  to: Timestamp,
  stepSeconds: z.number().int(),
  series: z.array(
    z.object({
      measure: Measure,
      dimensions: z.record(z.string(), z.string()),
      values: z.array(z.number().nullable()),
    }),
  ),
});
export type Timeseries = z.infer<typeof Timeseries>;

export const SummaryQuery = z.strictObject({
  /** Seconds back from now; default 15 minutes, at most 30 days. */
  windowSeconds: z.coerce
    .number()
    .int()
    .min(60)
    .max(30 * 86_400)
    .default(900),
});

const Latency = {
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
};

export const Summary = z.object({
  at: Timestamp,
  windowSeconds: z.number().int(),
  eventsAccepted: z.number().int(),
  eventsPerSecond: z.number(),
  deliveriesSucceeded: z.number().int(),
  deliveriesPerSecond: z.number(),
  attempts: z.number().int(),
  attemptsFailed: z.number().int(),
  /** Share of attempts that succeeded, 0–1; null without attempts. */
  successRate: z.number().nullable(),
  ...Latency,
  backlog: z.number().int(),
  oldestOpenAt: Timestamp.nullable(),
  deadLetters: z.number().int(),
  targets: z.array(
    z.object({
      targetId: z.string(),
      attempts: z.number().int(),
      attemptsFailed: z.number().int(),
      successRate: z.number().nullable(),
      backlog: z.number().int(),
      breaker: z.enum(['closed', 'open', 'half-open']),
      ...Latency,
    }),
  ),
});
export type Summary = z.infer<typeof Summary>;

/** What flows from sources over event types to targets. Only the 500 busiest lines of each kind are told, and `leftOut` counts the others. */
export const Flow = z.object({
  from: Timestamp,
  to: Timestamp,
  /** What came: source → event type. `accepted` includes the unmatched and the quarantined ones. */
  arrivals: z.array(
    z.object({
      sourceId: z.string(),
      type: z.string(),
      accepted: z.number().int(),
      unmatched: z.number().int(),
      quarantined: z.number().int(),
    }),
  ),
  /** What it made: source → event type → target. */
  deliveries: z.array(
    z.object({
      sourceId: z.string(),
      type: z.string(),
      targetId: z.string(),
      made: z.number().int(),
    }),
  ),
  /** How each target did with all that it got, whatever it came from. */
  targets: z.array(
    z.object({
      targetId: z.string(),
      succeeded: z.number().int(),
      dead: z.number().int(),
      attempts: z.number().int(),
      attemptsFailed: z.number().int(),
    }),
  ),
  leftOut: z.number().int(),
});
export type Flow = z.infer<typeof Flow>;

/** The law of conservation, both sides counted apart. */
export const ConservationReport = z.object({
  events: z.object({
    accepted: z.number().int(),
    ...Object.fromEntries(EVENT_STATUSES.map((status) => [status, z.number().int()])),
    balanced: z.boolean(),
  }),
  deliveries: z.object({
    made: z.number().int(),
    ...Object.fromEntries(DELIVERY_STATES.map((state) => [state, z.number().int()])),
    balanced: z.boolean(),
  }),
});
export interface ConservationReport {
  events: { accepted: number; balanced: boolean } & Record<(typeof EVENT_STATUSES)[number], number>;
  deliveries: { made: number; balanced: boolean } & Record<
    (typeof DELIVERY_STATES)[number],
    number
  >;
}
