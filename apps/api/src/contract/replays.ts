import { z } from 'zod';
import { JOB_KINDS, JOB_STATES, JOB_WAITS } from '../domain/job.ts';
import { idOf, PageQuery, pageOf, repeatable, Timestamp } from './common.ts';
import { DeliveryFilters } from './deliveries.ts';
import { EventFilters } from './events.ts';

/** Deliveries a second; null: as fast as they can be made. */
const RatePerSecond = z.number().min(0.1).max(10_000).nullable();
const DEFAULT_RATE_PER_SECOND = 100;

export const ReplayDestination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('original') }),
  z.strictObject({
    kind: z.literal('subscriptions'),
    subscriptionIds: z.array(idOf('sub')).min(1).max(100),
  }),
  z.strictObject({ kind: z.literal('target'), targetId: idOf('tgt') }),
]);
export type ReplayDestination = z.infer<typeof ReplayDestination>;

const task = {
  /** As for the list of events; empty: all of them. */
  filter: EventFilters,
  destination: ReplayDestination,
};

export const ReplayCreate = z.strictObject({
  ...task,
  ratePerSecond: RatePerSecond.default(DEFAULT_RATE_PER_SECOND),
});
export type ReplayCreate = z.input<typeof ReplayCreate>;

export const ReplayPreviewRequest = z.strictObject(task);
export type ReplayPreviewRequest = z.input<typeof ReplayPreviewRequest>;

/** What a replay would come to if it began now. */
export const ReplayPreview = z.object({
  events: z.number().int(),
  deliveries: z.number().int(),
  targets: z.array(z.object({ targetId: z.string(), deliveries: z.number().int() })),
  /** False: there was more than could be counted in time, and the counts are what was found until then. */
  isComplete: z.boolean(),
});
export type ReplayPreview = z.infer<typeof ReplayPreview>;

const DeadLetterFilters = DeliveryFilters.omit({ state: true });

/** Retries or discards all dead letters of a filter; empty: all there are. */
export const DeadLetterWork = z.strictObject({
  filter: DeadLetterFilters,
  ratePerSecond: RatePerSecond.default(null),
});
export type DeadLetterWork = z.input<typeof DeadLetterWork>;

const Counts = z.object({
  pending: z.number().int(),
  delivering: z.number().int(),
  retrying: z.number().int(),
  succeeded: z.number().int(),
  dead: z.number().int(),
  cancelled: z.number().int(),
});

export const ReplaySummary = z.object({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  state: z.enum(JOB_STATES),
  /** Of events for a replay, of deliveries for work on dead letters. */
  filter: z.union([EventFilters, DeadLetterFilters]),
  /** Null for work on dead letters. */
  destination: ReplayDestination.nullable(),
  ratePerSecond: RatePerSecond,
  /** Events or dead letters that the filter held when it began; null: more than were counted. */
  expected: z.number().int().nullable(),
  /** Events or dead letters gone through. */
  scanned: z.number().int(),
  /** Deliveries made, or dead letters retried or discarded. */
  made: z.number().int(),
  /** Why it makes nothing at the moment, though it runs. */
  waitingFor: z.enum(JOB_WAITS).nullable(),
  /** Why it failed. */
  failure: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type ReplaySummary = z.infer<typeof ReplaySummary>;
export const ReplayPage = pageOf(ReplaySummary);
export type ReplayPage = z.infer<typeof ReplayPage>;

export const Replay = ReplaySummary.extend({
  /** What became of its deliveries; null for work on dead letters. */
  deliveries: Counts.nullable(),
});
export type Replay = z.infer<typeof Replay>;

export const ReplayListQuery = PageQuery.extend({
  kind: repeatable(z.enum(JOB_KINDS)),
  state: repeatable(z.enum(JOB_STATES)),
});
export type ReplayListQuery = z.input<typeof ReplayListQuery>;
