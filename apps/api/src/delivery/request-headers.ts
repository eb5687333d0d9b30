import type { Sealed, TargetAuth, TargetBody } from '../domain/resources.ts';

/** Headers that only the gateway sets: those of the delivery itself and the hop-by-hop ones of RFC 9110, section 7.6.1. */
const PROTECTED = new Set([
  'content-type',
  'content-length',
  'user-agent',
  'traceparent',
  'host',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'http2-settings',
]);
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
// RFC 9110, section 5.5, without obs-text: undici would send other characters as Latin-1.
const VALUE = /^[\t\x20-\x7e]*$/;

/** Why a header of a target or a transform cannot be sent, for a person to read; null when it can. */
export function headerFault(name: string, value: string): string | null {
  const lower = name.toLowerCase();
  if (!TOKEN.test(name)) return `"${name}" is not a header name.`;
  if (PROTECTED.has(lower) || lower.startsWith('webhook-'))
    return `The header ${lower} is set by the gateway and cannot be replaced.`;
  if (!VALUE.test(value))
    return `The value of the header ${lower} holds characters that cannot be sent.`;
  return null;
}

/** What every request to a target carries, opened once. */
export interface StaticHeaders {
  /** Names in lower case; those that may not be set are left out. */
  headers: Readonly<Record<string, string>>;
  /** The target's auth, which wins over everything else; not checked, so that whoever sends can tell it from other faults. */
  auth: Readonly<Record<string, string>>;
}

/**
 * The headers of a target that do not change from request to request. Throws when a secret cannot be opened.
 * @param openSecret the clear text of a sealed secret
 */
export function staticHeaders(
  target: TargetBody,
  userAgent: string,
  openSecret: (sealed: Sealed) => string,
): StaticHeaders {
  const headers: Record<string, string> = { 'user-agent': userAgent };
  for (const [name, value] of Object.entries(target.headers))
    if (headerFault(name, value) === null) headers[name.toLowerCase()] = value;
  return { headers, auth: authHeaders(target.auth, openSecret) };
}

function authHeaders(
  auth: TargetAuth,
  openSecret: (sealed: Sealed) => string,
): Record<string, string> {
  switch (auth.type) {
    case 'none':
      return {};
    case 'oauth2':
      // Its token is put in when the request is sent.
      return {};
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${openSecret(auth.password)}`);
      return { authorization: `Basic ${pair.toString('base64')}` };
    }
    case 'bearer':
      return { authorization: `Bearer ${openSecret(auth.token)}` };
    case 'header':
      return { [auth.name.toLowerCase()]: openSecret(auth.value) };
  }
}

const MASK = '[masked]';
const SECRET_NAME = /authorization|cookie|token|secret|password|api-?key|credential/;

/** What is kept of the header that an access token goes out in. */
export const MASKED_AUTHORIZATION = { authorization: MASK };

/** A copy to keep: values of the target's auth and of headers whose name speaks of a secret are masked. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  auth: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    masked[name] = name in auth || SECRET_NAME.test(name) ? MASK : value;
  return masked;
}
