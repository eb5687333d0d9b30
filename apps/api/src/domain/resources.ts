import type { AlertMeasure, AlertScope, AlertSeverity } from './alert.ts';
import type { TargetFormat } from './delivery.ts';

/** A secret as the store holds it: AES-256-GCM under the key `keyId`; `auth/sealing.ts` makes and opens it. */
export interface Sealed {
  keyId: string;
  /** base64: nonce, ciphertext, tag. */
  box: string;
}

export type SchemaPolicy = 'off' | 'warn' | 'quarantine' | 'reject';

/** How a third party signs its webhooks. */
export interface Verification {
  scheme: 'standard-webhooks' | 'github' | 'stripe' | 'shopify' | 'hmac';
  secret: Sealed;
  /** For `hmac`: the header that carries the signature. */
  signatureHeader?: string;
  encoding?: 'hex' | 'base64';
  /** Header name, or JSON pointer when it starts with a slash. */
  typeFrom?: string;
  idFrom?: string;
}

export interface SourceBody {
  name: string;
  description: string;
  state: 'active' | 'disabled';
  /** Patterns for the CloudEvents `source` attribute; `*` stands for any run. Empty: only the source's own URI. */
  allowedSources: readonly string[];
  /** Patterns for event types; empty: all. */
  allowedTypes: readonly string[];
  /** Null: the gateway's default. */
  ratePerSecond: number | null;
  schemaPolicy: SchemaPolicy;
  verification: Verification | null;
}

export interface SourceKeyBody {
  name: string;
  /** SHA-256 of the key, hex. The key holds 256 random bits, so a slow hash would add nothing. */
  hash: string;
  expiresAt: number | null;
}

export type TargetAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: Sealed }
  | { type: 'bearer'; token: Sealed }
  | { type: 'header'; name: string; value: Sealed }
  | OAuth2Auth;

/** RFC 7591's names for how a client shows its secret to the token endpoint: in a Basic header, or in the form. */
export const CLIENT_AUTHENTICATIONS = ['client_secret_basic', 'client_secret_post'] as const;
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export interface OAuth2Auth {
  type: 'oauth2';
  tokenUrl: string;
  clientId: string;
  clientSecret: Sealed;
  /** Scopes separated by spaces; null: what the endpoint gives by itself. */
  scope: string | null;
  audience: string | null;
  clientAuthentication: ClientAuthentication;
}

/** How the connection to a target is made safe, besides what every TLS connection checks. */
export interface TargetTls {
  /** PEM: the client's certificate, then those between it and its CA. Null: none is shown. */
  clientCertificate: string | null;
  /** PEM. Null where there is no certificate. */
  clientKey: Sealed | null;
  /** PEM: the CAs that the target's certificate must come from, in place of the public ones. Null: the public ones. */
  ca: string | null;
  /** The name in the target's certificate, where it is not the URL's. */
  serverName: string | null;
}

export interface SigningSecret {
  /** `whsec_…`, sealed. */
  symmetric: Sealed;
  /** `whsk_…`, sealed, where `v1a` is on. */
  asymmetric: Sealed | null;
  /** `whpk_…` */
  publicKey: string | null;
  createdAt: number;
  /** After a rotation the older secrets go on signing until then. Null: the current one. */
  expiresAt: number | null;
}

export type SignatureVersion = 'v1' | 'v1a';

export interface TargetBody {
  name: string;
  url: string;
  method: 'POST' | 'PUT' | 'PATCH';
  format: TargetFormat;
  headers: Readonly<Record<string, string>>;
  auth: TargetAuth;
  /** Absent in targets from before there was such a setting: as null. */
  tls?: TargetTls | null;
  timeoutMs: number;
  maxConcurrency: number;
  ratePerSecond: number | null;
  retry: RetryPolicy;
  signatures: readonly SignatureVersion[];
  /** Newest first, at most three. */
  secrets: readonly SigningSecret[];
  state: 'active' | 'paused' | 'disabled';
  /** Why the gateway disabled it; null otherwise. */
  stateReason: string | null;
}

export interface RetryPolicy {
  /** Waits after the first, second … try, in seconds. Empty: no retry. */
  scheduleSeconds: readonly number[];
  /** Status codes that end the delivery at once, besides the built-in ones. */
  finalCodes: readonly number[];
}

/** Standard Webhooks' recommended schedule. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  scheduleSeconds: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
  finalCodes: [],
};

export type Transform =
  | { language: 'jsonata'; body: string; headers?: Readonly<Record<string, string>>; path?: string }
  | {
      language: 'template';
      body: string;
      headers?: Readonly<Record<string, string>>;
      path?: string;
    };

export interface SubscriptionBody {
  name: string;
  targetId: string;
  /** An event pattern; see `routing/`. */
  pattern: Readonly<Record<string, unknown>>;
  transform: Transform | null;
  /** Attribute name or JSON pointer; deliveries of one key go one at a time. */
  orderingKey: string | null;
  onDeadLetter: 'block' | 'skip';
  state: 'active' | 'paused';
}

export interface EventTypeBody {
  name: string;
  description: string;
}

export interface EventSchemaBody {
  eventType: string;
  /** 1, 2, 3 … within the event type. */
  schemaVersion: number;
  /** JSON Schema, draft 2020-12. */
  schema: unknown;
}

export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface UserBody {
  email: string;
  name: string;
  role: Role;
  /** argon2id in PHC form. */
  passwordHash: string;
  state: 'active' | 'disabled';
  /** Tokens issued before this moment (ms) are refused. */
  tokensValidFrom: number;
}

export interface SigningKeyBody {
  /** The `kid` of tokens signed with it. */
  kid: string;
  publicJwk: Readonly<Record<string, unknown>>;
  privateKey: Sealed;
  /** Null: in use for signing. */
  retiredAt: number | null;
}

/** What a person must hear of, and when. */
export interface AlertRuleBody {
  name: string;
  measure: AlertMeasure;
  scope: AlertScope;
  /** In the unit of the measure. */
  threshold: number;
  /** What the measure is taken over, where it has a window. */
  windowMinutes: number;
  severity: AlertSeverity;
  state: 'active' | 'paused';
}

/** What each kind of configuration record holds. */
export interface ResourceBodies {
  source: SourceBody;
  'source-key': SourceKeyBody;
  target: TargetBody;
  subscription: SubscriptionBody;
  'event-type': EventTypeBody;
  'event-schema': EventSchemaBody;
  user: UserBody;
  'signing-key': SigningKeyBody;
  'alert-rule': AlertRuleBody;
}
export type ResourceKind = keyof ResourceBodies;

/** One configuration record. */
export interface Resource<K extends ResourceKind = ResourceKind> {
  kind: K;
  id: string;
  /** Unique within kind and parent; null where the kind has no names. */
  name: string | null;
  /** The source of a key, the event type of a schema, the target of a subscription. */
  parentId: string | null;
  /** Counts up with each change; the ETag. */
  version: number;
  body: ResourceBodies[K];
  createdAt: number;
  updatedAt: number;
}
