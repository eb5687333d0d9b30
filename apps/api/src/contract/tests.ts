import { z } from 'zod';
import { Pattern, Transform } from './subscriptions.ts';

/** The first leaf that kept an event from matching. */
export const MatchFailure = z.object({
  pointer: z.string(),
  operator: z.string(),
  expected: z.unknown(),
  actual: z.unknown().optional(),
});
export type MatchFailure = z.infer<typeof MatchFailure>;

/** `event` is any JSON object, matched as given, with `detail` and `detail-type` as aliases of `data` and `type`. */
export const PatternTest = z.strictObject({
  pattern: Pattern,
  event: z.record(z.string(), z.unknown()),
});
export type PatternTest = z.input<typeof PatternTest>;

export const PatternTestResult = z.object({
  matched: z.boolean(),
  failures: z.array(MatchFailure),
});
export type PatternTestResult = z.infer<typeof PatternTestResult>;

export const TransformTest = z.strictObject({
  transform: Transform,
  event: z.record(z.string(), z.unknown()),
});
export type TransformTest = z.input<typeof TransformTest>;

/** What would be sent; `body` is null when the result is "do not deliver". */
export const TransformTestResult = z.object({
  body: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  path: z.string().nullable(),
});
export type TransformTestResult = z.infer<typeof TransformTestResult>;

export const ExplainQuery = z.strictObject({ subscriptionId: z.string().optional() });

/** Why an event did or did not go through each subscription, as the subscriptions are now. */
export const Explanation = z.object({
  subscriptions: z.array(
    z.object({
      subscriptionId: z.string(),
      subscriptionName: z.string(),
      targetId: z.string(),
      state: z.enum(['active', 'paused']),
      matched: z.boolean(),
      failures: z.array(MatchFailure),
      deliveryId: z.string().nullable(),
    }),
  ),
});
export type Explanation = z.infer<typeof Explanation>;
