import { z } from 'zod';
import { TARGET_FORMATS } from '../domain/delivery.ts';
import { Pattern, Transform } from './subscriptions.ts';
import { TransformTestResult } from './tests.ts';
import { idOf } from './common.ts';

/**
 * A subscription tried on the newest stored events before it is saved. Without a transform an event takes the format of `targetId`, or
 * `format`; without either `standard`.
 */
export const Backtest = z.strictObject({
  pattern: Pattern,
  transform: Transform.nullable().optional(),
  targetId: idOf('tgt').optional(),
  format: z.enum(TARGET_FORMATS).optional(),
  /** How many of the newest events to go through. */
  limit: z.number().int().min(1).max(10_000).default(1000),
});
export type Backtest = z.input<typeof Backtest>;

/** One event that matched, and what would have been sent, or why nothing could be. */
export const BacktestSample = z.object({
  /** `evt_…` */
  eventId: z.string(),
  receivedAt: z.string(),
  /** The event as a transform sees it: in the CloudEvents JSON format. */
  input: z.record(z.string(), z.unknown()),
  /** What would be sent; its `body` is null when the result is "do not deliver". Null: the transform failed. */
  output: TransformTestResult.nullable(),
  /** Null: the transform did not fail. */
  error: z.object({ detail: z.string(), position: z.number().nullable() }).nullable(),
});
export type BacktestSample = z.infer<typeof BacktestSample>;

export const BacktestResult = z.object({
  /** Events gone through, newest first. */
  scanned: z.number().int(),
  /** Events that the pattern wants; quarantined ones are never wanted. */
  matched: z.number().int(),
  /** Of those, the ones whose transform says "do not deliver". */
  notDelivered: z.number().int(),
  /** Of those, the ones whose transform failed: they would be dead letters. */
  failed: z.number().int(),
  /** False: time ran out before all events were gone through, and the counts are of those that were. */
  isComplete: z.boolean(),
  /** At most 20: up to 10 failures, then the newest of the others. Fewer where they are large. */
  samples: z.array(BacktestSample),
});
export type BacktestResult = z.infer<typeof BacktestResult>;
