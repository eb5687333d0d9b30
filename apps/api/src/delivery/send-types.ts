import type { ErrorKind } from '../domain/delivery.ts';
import type { ClientTls } from './client-tls.ts';
import type { OAuth2Client } from './oauth2-client.ts';

export interface SendRequest {
  /** Requests of one key share a pool of connections: the target's id. */
  poolKey: string;
  /** How many connections that pool may hold. */
  maxConnections: number;
  method: 'POST' | 'PUT' | 'PATCH';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** From the call to the last byte of the answer. */
  timeoutMs: number;
  /** What the connection shows and trusts, where the target says so. */
  tls: ClientTls | null;
  /** Whose access token the request carries; null: none. */
  oauth2: OAuth2Client | null;
}

/** The target answered, with whatever code. */
interface Answered {
  outcome: 'answered';
  statusCode: number;
  /** Names in lower case; repeated ones joined by commas. */
  headers: Readonly<Record<string, string>>;
  /** At most the first 16 KiB. */
  body: Uint8Array;
  truncated: boolean;
  /** What `Retry-After` asks for, uncapped; null without a readable one. */
  retryAfterMs: number | null;
  durationMs: number;
}

/** No usable answer came. */
interface Unanswered {
  outcome: 'failed';
  errorKind: ErrorKind;
  error: string;
  /** A repeat would not help. */
  isFinal?: boolean;
  /** What the token endpoint's `Retry-After` asks for, uncapped. */
  retryAfterMs?: number;
  durationMs: number;
}

export type SendOutcome = Answered | Unanswered;

/** Makes one HTTP request. Never rejects: a receiver's failure is data. */
export type Send = (request: SendRequest) => Promise<SendOutcome>;
