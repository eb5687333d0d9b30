import type { ErrorKind } from '../domain/delivery.ts';

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
  durationMs: number;
}

export type SendOutcome = Answered | Unanswered;

/** Makes one HTTP request. Never rejects: a receiver's failure is data. */
export type Send = (request: SendRequest) => Promise<SendOutcome>;
