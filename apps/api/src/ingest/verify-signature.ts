import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { GatewayError } from '../domain/errors.ts';
import type { Verification } from '../domain/resources.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { RequestHeaders } from './incoming-event.ts';
import { standardWebhooksKey } from './standard-webhooks-key.ts';

/** A source's verification with its secret opened. */
export type OpenVerification = Omit<Verification, 'secret'> & { secret: string };

export interface SignedRequest {
  headers: RequestHeaders;
  /** The body's bytes exactly as they came. */
  body: Uint8Array;
  /** Milliseconds since 1970. */
  nowMs: number;
}

const TOLERANCE_SECONDS = 300;
/** Senders list one for each of their keys; more than these would be work that anybody could ask for. */
const MAX_SIGNATURES = 10;
const DIGEST_BYTES = 32;
const ED25519_SIGNATURE_BYTES = 64;

/**
 * Checks that a third party's webhook was signed with the source's secret. Every scheme is HMAC-SHA256, and Standard Webhooks
 * Ed25519 where the secret is a public key (`whpk_…`); digests are compared in constant time. Standard Webhooks and Stripe sign a timestamp, which may be off by 300 s; the other schemes have none.
 * Of a list of signatures the first ten of the right version are looked at, and the body is read once.
 * Throws `unauthenticated`, and does not say what part was wrong.
 */
export function verifySignature(verification: OpenVerification, request: SignedRequest): void {
  if (!isSigned(verification, request)) {
    throw new GatewayError(
      'unauthenticated',
      `The request carries no valid ${verification.scheme} signature of this source's secret over this body.`,
    );
  }
}

function isSigned(verification: OpenVerification, request: SignedRequest): boolean {
  const { scheme, secret } = verification;
  switch (scheme) {
    case 'standard-webhooks':
      return isStandardWebhook(secret, request);
    case 'github':
      return matches(
        secret,
        [request.body],
        [prefixed(header(request, 'x-hub-signature-256'), 'sha256=')],
        'hex',
      );
    case 'stripe':
      return isStripe(secret, request);
    case 'shopify':
      return matches(secret, [request.body], [header(request, 'x-shopify-hmac-sha256')], 'base64');
    case 'hmac': {
      const value = header(request, (verification.signatureHeader ?? '').toLowerCase());
      const signature = prefixed(value, 'sha256=') ?? value;
      return matches(secret, [request.body], [signature], verification.encoding ?? 'hex');
    }
  }
}

/** Standard Webhooks: `{id}.{timestamp}.{body}`, any of a list of signatures: `v1` under a secret, `v1a` under a public key. */
function isStandardWebhook(secret: string, request: SignedRequest): boolean {
  const key = standardWebhooksKey(secret);
  const id = header(request, 'webhook-id');
  const timestamp = header(request, 'webhook-timestamp');
  const signatures = header(request, 'webhook-signature');
  if (!key || !id || !signatures || !isRecent(timestamp, request.nowMs)) return false;
  const signed = [Buffer.from(`${id}.${timestamp}.`, 'latin1'), request.body];
  const given = signatures.split(' ');
  return key.isPublic
    ? isSignedBy(key.bytes, signed, allPrefixed(given, 'v1a,'))
    : matches(key.bytes, signed, allPrefixed(given, 'v1,'), 'base64');
}

/** Whether any signature is Ed25519 over the parts one after another. */
function isSignedBy(
  key: Buffer,
  signed: readonly Uint8Array[],
  signatures: readonly string[],
): boolean {
  const given = decodeAll(signatures, decodeBase64, ED25519_SIGNATURE_BYTES);
  if (given.length === 0) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const message = Buffer.concat(signed);
  return given.some((signature) => verify(null, message, publicKey, signature));
}

/** Stripe: `t=<seconds>,v1=<hex>,…` over `{t}.{body}`, any `v1`. */
function isStripe(secret: string, request: SignedRequest): boolean {
  const parts = (header(request, 'stripe-signature') ?? '').split(',').map((part) => part.trim());
  const timestamp = parts.map((part) => prefixed(part, 't=')).find((value) => value !== undefined);
  if (!isRecent(timestamp, request.nowMs)) return false;
  const signed = [Buffer.from(`${timestamp}.`), request.body];
  return matches(secret, signed, allPrefixed(parts, 'v1='), 'hex');
}

/** Whether any signature is the HMAC of the parts one after another. */
function matches(
  key: string | Buffer,
  signed: readonly Uint8Array[],
  signatures: readonly (string | undefined)[],
  encoding: 'hex' | 'base64',
): boolean {
  const given = decodeAll(signatures, encoding === 'hex' ? decodeHex : decodeBase64, DIGEST_BYTES);
  if (given.length === 0 || key.length === 0) return false;
  const hmac = createHmac('sha256', key);
  for (const part of signed) hmac.update(part);
  const digest = hmac.digest();
  return given.some((signature) => timingSafeEqual(digest, signature));
}

/** The first signatures that have the right length. */
function decodeAll(
  signatures: readonly (string | undefined)[],
  decode: (text: string) => Buffer | null,
  lengthBytes: number,
): Buffer[] {
  return signatures.slice(0, MAX_SIGNATURES).flatMap((signature) => {
    const bytes = signature === undefined ? null : decode(signature);
    return bytes?.length === lengthBytes ? [bytes] : [];
  });
}

function decodeHex(text: string): Buffer | null {
  return /^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : null;
}

function isRecent(timestamp: string | undefined, nowMs: number): timestamp is string {
  if (timestamp === undefined || !/^[0-9]{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
}

function prefixed(value: string | undefined, prefix: string): string | undefined {
  return value?.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

function allPrefixed(values: readonly string[], prefix: string): string[] {
  return values.flatMap((value) => prefixed(value, prefix) ?? []);
}

/** A header that was sent once. */
function header(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined || typeof value === 'string') return value;
  return value.length === 1 ? value[0] : undefined;
}
