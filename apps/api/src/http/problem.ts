import { GatewayError, type ErrorCode } from '../domain/errors.ts';
import type { Problem } from '../contract/problems.ts';

/** The status and title of every error code: the only such map. */
export const PROBLEMS: Readonly<Record<ErrorCode, { status: number; title: string }>> = {
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_request: { status: 400, title: 'The request is not valid' },
  invalid_event: { status: 400, title: 'The event is not a valid CloudEvent' },
  invalid_cursor: { status: 400, title: 'The cursor is not valid' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  name_taken: { status: 409, title: 'The name is taken' },
  conflict: { status: 409, title: 'The state does not allow this' },
  idempotency_key_in_progress: { status: 409, title: 'The first request is still running' },
  version_conflict: { status: 412, title: 'Somebody else changed it meanwhile' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported' },
  invalid_pattern: { status: 422, title: 'The pattern is not valid' },
  invalid_transform: { status: 422, title: 'The transform is not valid' },
  invalid_schema: { status: 422, title: 'The JSON Schema is not valid' },
  schema_violation: { status: 422, title: 'The payload does not fit its schema' },
  idempotency_key_reused: { status: 422, title: 'The key was used with another body' },
  rate_limited: { status: 429, title: 'Too many requests' },
  locked_out: { status: 429, title: 'Too many failed attempts' },
  overloaded: { status: 503, title: 'Too much work is waiting' },
  not_ready: { status: 503, title: 'Not ready' },
  internal: { status: 500, title: 'Internal error' },
};

// Sent with 503 when nobody knows better.
const DEFAULT_RETRY_AFTER_SECONDS = 1;

export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  body: Problem;
}

/**
 * The answer to any error (RFC 9457). What is not a `GatewayError` is our own fault: it becomes `internal`, and nothing
 * of it is shown; the caller logs it under the request id.
 */
export function toProblem(error: unknown, requestId: string): ProblemAnswer {
  const known = error instanceof GatewayError ? error : null;
  const code = known?.code ?? 'internal';
  const { status, title } = PROBLEMS[code];
  const detail =
    known && code !== 'internal'
      ? known.message
      : `Something went wrong on our side. Give the request id ${requestId} to an operator.`;
  const body: Problem = {
    type: `/docs/problems#${code}`,
    title,
    status,
    detail,
    instance: requestId,
    code,
  };
  if (known && known.faults.length > 0) body.errors = [...known.faults];
  return { status, headers: headersOf(status, known), body };
}

function headersOf(status: number, error: GatewayError | null): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  const retryAfter =
    error?.retryAfterSeconds ?? (status === 503 ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined) headers['retry-after'] = String(Math.ceil(retryAfter));
  return headers;
}
