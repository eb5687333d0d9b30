import { z } from 'zod';
import { TARGET_FORMATS } from '../domain/delivery.ts';
import { CLIENT_AUTHENTICATIONS, DEFAULT_RETRY_POLICY } from '../domain/resources.ts';
import { HeaderMap, Name, pageOf, Timestamp } from './common.ts';

const Secret = z.string().min(1).max(4096);
/** A secret that goes into a header as it is (RFC 9110, section 5.5). */
const HeaderSecret = Secret.regex(
  /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/,
  'must hold printable ASCII characters only, and no white space at its ends: a header carries nothing else',
);
const HttpUrl = z.url({ protocol: /^https?$/ }).max(2048);

const oauth2Fields = {
  type: z.literal('oauth2'),
  /** Under the same rules as a target's own URL. */
  tokenUrl: HttpUrl,
  clientId: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[\x20-\x7e]*$/, 'must hold visible ASCII characters only'),
  /** Scopes separated by spaces. */
  scope: z
    .string()
    .max(2000)
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
      'must be scopes separated by spaces',
    )
    .nullable(),
  audience: z.string().min(1).max(2000).nullable(),
  /** How the token endpoint gets the secret: in a Basic header, or in the form. */
  clientAuthentication: z.enum(CLIENT_AUTHENTICATIONS),
};

/** Secrets are write-only: left out in an update of the same type, the stored one stays. */
export const TargetAuthInput = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().min(1).max(256),
    password: Secret.optional(),
  }),
  z.strictObject({ type: z.literal('bearer'), token: HeaderSecret.optional() }),
  z.strictObject({
    type: z.literal('header'),
    name: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be an HTTP header name'),
    value: HeaderSecret.optional(),
  }),
  z.strictObject({
    ...oauth2Fields,
    clientSecret: Secret.optional(),
    scope: oauth2Fields.scope.default(null),
    audience: oauth2Fields.audience.default(null),
    clientAuthentication: oauth2Fields.clientAuthentication.default('client_secret_basic'),
  }),
]);

export const TargetAuth = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('basic'), username: z.string(), passwordSet: z.boolean() }),
  z.object({ type: z.literal('bearer'), tokenSet: z.boolean() }),
  z.object({ type: z.literal('header'), name: z.string(), valueSet: z.boolean() }),
  z.object({ ...oauth2Fields, clientSecretSet: z.boolean() }),
]);

const Pem = z.string().min(1).max(65_536);

/** Mutual TLS. Members that are left out stay as they are; null takes one away. */
export const TargetTlsInput = z.strictObject({
  /** PEM: the client's certificate, then those between it and its CA. */
  clientCertificate: Pem.nullable().optional(),
  /** PEM, without a passphrase. Write-only. */
  clientKey: Pem.optional(),
  /** PEM: trusted for this target in place of the public CAs. */
  ca: Pem.nullable().optional(),
  /** The name in the target's certificate, where it is not the URL's. */
  serverName: z
    .string()
    .max(253)
    .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i, 'must be a host name')
    .nullable()
    .optional(),
});

export const TargetTls = z.object({
  clientCertificate: z.string().nullable(),
  clientCertificateExpiresAt: Timestamp.nullable(),
  clientKeySet: z.boolean(),
  ca: z.string().nullable(),
  serverName: z.string().nullable(),
});
export type TargetTls = z.infer<typeof TargetTls>;

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
  url: HttpUrl,
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
  tls: TargetTlsInput.nullable().default(null),
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
    tls: TargetTlsInput.nullable(),
    retry: RetryPolicy.partial(),
    state: z.enum(['active', 'paused', 'disabled']),
  })
  .partial();
export type TargetUpdate = z.input<typeof TargetUpdate>;

/** Of the breakers of all processes the one that stands out. */
export const Breaker = z.enum(['closed', 'open', 'half-open']);

export const Target = z.object({
  id: z.string(),
  ...fields,
  auth: TargetAuth,
  tls: TargetTls.nullable(),
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
  /** Why at least one of the processes sends it nothing; `told_to_wait`: an answer carried `Retry-After`. */
  blockedBy: z.enum(['paused', 'disabled', 'told_to_wait', 'breaker_open']).nullable(),
  /** When something is sent again by itself; null where a person, or a probe under way, decides that. */
  opensAt: Timestamp.nullable(),
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
