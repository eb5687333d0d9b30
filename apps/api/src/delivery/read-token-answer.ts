import type { SendOutcome } from './send-types.ts';
import { tokenFailure, type TokenFailure, type TokenOutcome } from './token-outcome.ts';

// RFC 6750, section 2.1, in any visible characters; the header must stay one that servers take.
const TOKEN = /^[\x21-\x7e]{1,8192}$/;
const LONGEST_DESCRIPTION = 200;
/** As with a target's own answers; other 4xx are final. */
const RETRIED_4XX = new Set([404, 408, 409, 425, 429]);
/** Error codes of OAuth that speak of the moment, whatever status they come with. */
const PASSING_ERRORS = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

/**
 * Reads a token endpoint's answer by RFC 6749, sections 5.1 and 5.2. Never throws.
 * @param secret the client secret, which no message repeats
 */
export function readTokenAnswer(answer: SendOutcome, secret: string): TokenOutcome {
  if (answer.outcome === 'failed') {
    const { errorKind, error } = answer;
    if (errorKind === 'forbidden_address')
      return tokenFailure(`The token endpoint may not be asked. ${error}`, {
        errorKind,
        isFinal: true,
      });
    return tokenFailure(`The token endpoint could not be asked (${errorKind}). ${error}`);
  }
  const { statusCode, body, truncated, retryAfterMs } = answer;
  if (truncated && statusCode < 300)
    return tokenFailure('The token endpoint answered with more than 16 KiB.');
  const json = parseObject(body);
  if (statusCode < 200 || statusCode >= 300) return refusal(statusCode, json, retryAfterMs, secret);
  if (!json)
    return tokenFailure(`The token endpoint answered ${statusCode} without a JSON object.`);
  return readToken(json);
}

function readToken(json: Record<string, unknown>): TokenOutcome {
  const { access_token: token, token_type: type } = json;
  if (typeof token !== 'string' || !TOKEN.test(token))
    return tokenFailure('The answer of the token endpoint holds no usable "access_token".');
  // RFC 6749 demands a type; endpoints that leave it out mean bearer.
  if (type !== undefined && !(typeof type === 'string' && type.toLowerCase() === 'bearer'))
    return tokenFailure('The token endpoint gives tokens of another type than Bearer.', {
      isFinal: true,
    });
  const seconds = Number(json['expires_in'] ?? NaN);
  return { outcome: 'token', token, lifeMs: Number.isFinite(seconds) ? seconds * 1000 : null };
}

function refusal(
  statusCode: number,
  json: Record<string, unknown> | null,
  retryAfterMs: number | null,
  secret: string,
): TokenFailure {
  const code = typeof json?.['error'] === 'string' ? clean(json['error'], secret) : '';
  const described = json?.['error_description'];
  const description = typeof described === 'string' ? ` (${clean(described, secret)})` : '';
  const what = code === '' ? '' : `: ${code}${description}`;
  const redirect = statusCode < 400 ? ' Redirects are not followed.' : '';
  const isRefusal = statusCode >= 400 && statusCode < 500 && !RETRIED_4XX.has(statusCode);
  return tokenFailure(`The token endpoint answered ${statusCode}${what}.${redirect}`, {
    isFinal: isRefusal && !PASSING_ERRORS.has(code),
    retryAfterMs: statusCode === 429 || statusCode === 503 ? retryAfterMs : null,
  });
}

/** What an endpoint says, fit for a line of text. */
function clean(text: string, secret: string): string {
  return text
    .replaceAll(secret, '[masked]')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, LONGEST_DESCRIPTION);
}

function parseObject(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
