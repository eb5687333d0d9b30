import { z } from 'zod';
import { TARGET_FORMATS } from '../domain/delivery.ts';
import { DEFAULT_RETRY_POLICY } from '../domain/resources.ts';
import { HeaderMap, Name, pageOf, Timestamp } from './common.ts';

const Secret = z.string().min(1).max(4096);

/** Secrets are write-only: left out in an update of the same type, the stored one stays. */
export const TargetAuthInput = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().min(1).max(256),
    password: Secret.optional(),
  }),
  z.strictObject({ type: z.literal('bearer'), token: Secret.optional() }),
  z.strictObject({
    type: z.literal('header'),
    name: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be an HTTP header name'),
    value: Secret.optional(),
  }),
]);

export const TargetAuth = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('basic'), username: z.string(), passwordSet: z.boolean() }),
  z.object({ type: z.literal('bearer'), tokenSet: z.boolean() }),
  z.object({ type: z.literal('header'), name: z.string(), valueSet: z.boolean() }),
]);

const RetryPolicy = z.strictObject({
  /** Waits after the first, second … try, in seconds. */
  scheduleSeconds: z
    .array(
      z
        .number()
        .min(0)
        .max(7 * 86_400),
    )
    .max(30),
  /** Status codes that end a delivery at once. */
  finalCodes: z.array(z.number().int().min(300).max(599)).max(100),
});

const fields = {
  name: Name,
  url: z.url({ protocol: /^https?$/ }).max(2048),
  method: z.enum(['POST', 'PUT', 'PATCH']),
  format: z.enum(TARGET_FORMATS),
  headers: HeaderMap,
  timeoutMs: z.number().int().min(1000).max(60_000),
  maxConcurrency: z.number().int().min(1).max(500),
  ratePerSecond: z.number().positive().max(100_000).nullable(),
  signatures: z
    .array(z.enum(['v1', 'v1a']))
    .min(1)
    .max(2),
};

export const TargetCreate = z.strictObject({
  name: fields.name,
  url: fields.url,
  method: fields.method.default('POST'),
  format: fields.format.default('standard'),
  headers: fields.headers.default({}),
  auth: TargetAuthInput.default({ type: 'none' }),
  timeoutMs: fields.timeoutMs.default(15_000),
  maxConcurrency: fields.maxConcurrency.default(20),
  ratePerSecond: fields.ratePerSecond.default(null),
  retry: RetryPolicy.partial().default({}),
  signatures: fields.signatures.default(['v1']),
  state: z.enum(['active', 'paused']).default('active'),
});
export type TargetCreate = z.input<typeof TargetCreate>;

/** RFC 7396: null takes a header away, a text sets it, the others stay. */
const HeaderPatch = z.record(HeaderMap.keyType, HeaderMap.valueType.nullable());

export const TargetUpdate = z
  .strictObject({
    ...fields,
    headers: HeaderPatch,
    auth: TargetAuthInput,
    retry: RetryPolicy.partial(),
    state: z.enum(['active', 'paused', 'disabled']),
  })
  .partial();
export type TargetUpdate = z.input<typeof TargetUpdate>;

/** The breaker as this process sees it. */
export const Breaker = z.enum(['closed', 'open', 'half-open']);

export const Target = z.object({
  id: z.string(),
  ...fields,
  auth: TargetAuth,
  retry: RetryPolicy,
  state: z.enum(['active', 'paused', 'disabled']),
  stateReason: z.string().nullable(),
  breaker: Breaker,
  /** `whpk_…` where `v1a` is on. */
  publicKey: z.string().nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Target = z.infer<typeof Target>;
export const TargetPage = pageOf(Target);
export type TargetPage = z.infer<typeof TargetPage>;

/** `secret` (`whsec_…`) is shown this once. */
export const TargetWithSecret = Target.extend({ secret: z.string() });
export type TargetWithSecret = z.infer<typeof TargetWithSecret>;

export const TargetHealth = z.object({
  targetId: z.string(),
  state: z.enum(['active', 'paused', 'disabled']),
  breaker: Breaker,
  /** Open deliveries. */
  backlog: z.number().int(),
  oldestOpenAt: Timestamp.nullable(),
  inFlight: z.number().int(),
  /** Over the last 15 minutes. */
  attempts: z.number().int(),
  succeeded: z.number().int(),
  successRate: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
export type TargetHealth = z.infer<typeof TargetHealth>;

/** The outcome of one test delivery, sent at once and not stored. */
export const TargetTest = z.object({
  delivered: z.boolean(),
  statusCode: z.number().int().nullable(),
  errorKind: z.string().nullable(),
  error: z.string().nullable(),
  durationMs: z.number(),
  responseBody: z.string().nullable(),
});
export type TargetTest = z.infer<typeof TargetTest>;

export const DEFAULT_SCHEDULE_SECONDS = DEFAULT_RETRY_POLICY.scheduleSeconds;
