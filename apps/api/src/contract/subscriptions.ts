import { z } from 'zod';
import { idOf, Name, PageQuery, pageOf, Timestamp } from './common.ts';

/** The pattern language is checked by `routing/`, which answers with pointers. */
export const Pattern = z.record(z.string(), z.unknown());

export const Transform = z.strictObject({
  language: z.enum(['jsonata', 'template']),
  body: z.string().min(1).max(65_536),
  headers: z.record(z.string(), z.string().max(4096)).optional(),
  path: z.string().max(4096).optional(),
});
export type Transform = z.infer<typeof Transform>;

/** An attribute or extension name, or a JSON pointer (RFC 6901) into the event as patterns see it. */
const ORDERING_KEY = /^(?:[a-z0-9]{1,50}|(?:\/(?:[^/~]|~[01])*)+)$/;

const fields = {
  name: Name,
  targetId: idOf('tgt'),
  pattern: Pattern,
  transform: Transform.nullable(),
  orderingKey: z
    .string()
    .max(200)
    .regex(
      ORDERING_KEY,
      'must be an attribute name such as subject, or a JSON pointer such as /data/order/id',
    )
    .nullable(),
  onDeadLetter: z.enum(['block', 'skip']),
  state: z.enum(['active', 'paused']),
};

export const SubscriptionCreate = z.strictObject({
  name: fields.name,
  targetId: fields.targetId,
  pattern: fields.pattern,
  transform: fields.transform.default(null),
  orderingKey: fields.orderingKey.default(null),
  onDeadLetter: fields.onDeadLetter.default('skip'),
  state: fields.state.default('active'),
});
export type SubscriptionCreate = z.input<typeof SubscriptionCreate>;

export const SubscriptionUpdate = z
  .strictObject({
    name: fields.name,
    targetId: fields.targetId,
    pattern: fields.pattern,
    transform: fields.transform,
    orderingKey: fields.orderingKey,
    onDeadLetter: fields.onDeadLetter,
    state: fields.state,
  })
  .partial();
export type SubscriptionUpdate = z.input<typeof SubscriptionUpdate>;

export const Subscription = z.object({
  id: z.string(),
  ...fields,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Subscription = z.infer<typeof Subscription>;
export const SubscriptionPage = pageOf(Subscription);
export type SubscriptionPage = z.infer<typeof SubscriptionPage>;

export const SubscriptionListQuery = PageQuery.extend({ targetId: z.string().optional() });
export type SubscriptionListQuery = z.input<typeof SubscriptionListQuery>;
