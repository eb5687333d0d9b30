import { z } from 'zod';
import { Description, Name, pageOf, Timestamp } from './common.ts';

const AttributePattern = z.string().min(1).max(500);

export const VerificationInput = z.strictObject({
  scheme: z.enum(['standard-webhooks', 'github', 'stripe', 'shopify', 'hmac']),
  /** Write-only: answers show `secretSet` instead. Left out in an update, the stored one stays. No white space at its ends; for `standard-webhooks` `whsec_…` or `whpk_…`. */
  secret: z.string().min(1).max(1000).optional(),
  /** For `hmac`: the header that carries the signature. */
  signatureHeader: z.string().min(1).max(100).optional(),
  encoding: z.enum(['hex', 'base64']).optional(),
  /** Where the event type is: a header's name, or a JSON pointer when it starts with a slash. */
  typeFrom: z.string().min(1).max(200).optional(),
  /** Where the event id is, in the same way. */
  idFrom: z.string().min(1).max(200).optional(),
});

const fields = {
  name: Name,
  description: Description,
  state: z.enum(['active', 'disabled']),
  /** Patterns for the CloudEvents `source` attribute; `*` stands for any run. Empty: only `/sources/<id>`. */
  allowedSources: z.array(AttributePattern).max(100),
  /** Patterns for event types; empty: all. */
  allowedTypes: z.array(AttributePattern).max(100),
  /** Events a second; null: the gateway's default. */
  ratePerSecond: z.number().positive().max(100_000).nullable(),
  /** What happens to a payload that does not fit its event type's schema. */
  schemaPolicy: z.enum(['off', 'warn', 'quarantine', 'reject']),
};

export const SourceCreate = z.strictObject({
  name: fields.name,
  description: fields.description.default(''),
  state: fields.state.default('active'),
  allowedSources: fields.allowedSources.default([]),
  allowedTypes: fields.allowedTypes.default([]),
  ratePerSecond: fields.ratePerSecond.default(null),
  schemaPolicy: fields.schemaPolicy.default('off'),
  verification: VerificationInput.nullable().default(null),
});
export type SourceCreate = z.input<typeof SourceCreate>;

export const SourceUpdate = z
  .strictObject({ ...fields, verification: VerificationInput.nullable() })
  .partial();
export type SourceUpdate = z.input<typeof SourceUpdate>;

export const Source = z.object({
  id: z.string(),
  ...fields,
  verification: VerificationInput.omit({ secret: true })
    .extend({ secretSet: z.boolean() })
    .nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Source = z.infer<typeof Source>;
export const SourcePage = pageOf(Source);
export type SourcePage = z.infer<typeof SourcePage>;

export const SourceKeyCreate = z.strictObject({ name: Name, expiresAt: Timestamp.optional() });
export type SourceKeyCreate = z.input<typeof SourceKeyCreate>;

export const SourceKey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
});
export type SourceKey = z.infer<typeof SourceKey>;
export const SourceKeyList = z.object({ data: z.array(SourceKey) });
export type SourceKeyList = z.infer<typeof SourceKeyList>;

/** `key` is shown this once; it is sent as `Authorization: Bearer <key>`. */
export const SourceKeyCreated = SourceKey.extend({ key: z.string() });
export type SourceKeyCreated = z.infer<typeof SourceKeyCreated>;
