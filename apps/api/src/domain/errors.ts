/** Every way a request can fail. The HTTP status of each is in `http/problem.ts`, and nowhere else. */
export type ErrorCode =
  | 'malformed_json'
  | 'invalid_request'
  | 'invalid_event'
  | 'invalid_cursor'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'name_taken'
  | 'conflict'
  | 'idempotency_key_in_progress'
  | 'version_conflict'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'invalid_pattern'
  | 'invalid_transform'
  | 'invalid_schema'
  | 'schema_violation'
  | 'idempotency_key_reused'
  | 'rate_limited'
  | 'locked_out'
  | 'overloaded'
  | 'not_ready'
  | 'internal';

/** One fault in the input. `pointer` is an RFC 6901 JSON pointer into the body, or a parameter's or header's name. */
export interface Fault {
  pointer: string;
  code: string;
  /** What was expected and what was there, for a person to read. */
  detail: string;
}

/**
 * The one error class. `message` is shown to the caller, so it names the field and the fix and
 * nothing internal; what only operators may see goes into `cause`.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** Seconds after which a repeat makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: { faults?: readonly Fault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.faults = details.faults ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
