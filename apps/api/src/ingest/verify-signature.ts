import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { GatewayError } from '../domain/errors.ts';
import type { Verification } from '../domain/resources.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { RequestHeaders } from './incoming-event.ts';

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
const DIGEST_BYTES = 32;
const ED25519_KEY_BYTES = 32;
const ED25519_SIGNATURE_BYTES = 64;

/**
 * Checks that a third party's webhook was signed with the source's secret. Every scheme is HMAC-SHA256, and Standard Webhooks
 * Ed25519 where the secret is a public key (`whpk_…`); digests are compared in constant time. Standard Webhooks and Stripe sign a timestamp, which may be off by 300 s; the other schemes have none.
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
        prefixed(header(request, 'x-hub-signature-256'), 'sha256='),
        'hex',
      );
    case 'stripe':
      return isStripe(secret, request);
    case 'shopify':
      return matches(secret, [request.body], header(request, 'x-shopify-hmac-sha256'), 'base64');
    case 'hmac': {
      const value = header(request, (verification.signatureHeader ?? '').toLowerCase());
      const signature = prefixed(value, 'sha256=') ?? value;
      return matches(secret, [request.body], signature, verification.encoding ?? 'hex');
    }
  }
}

/** Standard Webhooks: `{id}.{timestamp}.{body}`, any of a list of signatures: `v1` under a secret, `v1a` under a public key. */
function isStandardWebhook(secret: string, request: SignedRequest): boolean {
  const publicKey = prefixed(secret, 'whpk_');
  const key = decodeBase64(publicKey ?? prefixed(secret, 'whsec_') ?? secret);
  const id = header(request, 'webhook-id');
  const timestamp = header(request, 'webhook-timestamp');
  const signatures = header(request, 'webhook-signature');
  if (!key || !id || !signatures || !isRecent(timestamp, request.nowMs)) return false;
  const signed = [Buffer.from(`${id}.${timestamp}.`, 'latin1'), request.body];
  const given = signatures.split(' ');
  if (publicKey !== undefined)
    return given.some((signature) => isSignedBy(key, signed, prefixed(signature, 'v1a,')));
  return given.some((signature) => matches(key, signed, prefixed(signature, 'v1,'), 'base64'));
}

/** Ed25519 over the parts one after another; false as well when the key is not one. */
function isSignedBy(
  key: Buffer,
  signed: readonly Uint8Array[],
  signature: string | undefined,
): boolean {
  const given = signature === undefined ? null : decodeBase64(signature);
  if (given?.length !== ED25519_SIGNATURE_BYTES || key.length !== ED25519_KEY_BYTES) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  return verify(null, Buffer.concat(signed), createPublicKey({ key: jwk, format: 'jwk' }), given);
}

/** Stripe: `t=<seconds>,v1=<hex>,…` over `{t}.{body}`, any `v1`. */
function isStripe(secret: string, request: SignedRequest): boolean {
  const parts = (header(request, 'stripe-signature') ?? '').split(',').map((part) => part.trim());
  const timestamp = parts.map((part) => prefixed(part, 't=')).find((value) => value !== undefined);
  if (!isRecent(timestamp, request.nowMs)) return false;
  const signed = [Buffer.from(`${timestamp}.`), request.body];
  return parts.some((part) => matches(secret, signed, prefixed(part, 'v1='), 'hex'));
}

function matches(
  key: string | Buffer,
  signed: readonly Uint8Array[],
  signature: string | undefined,
  encoding: 'hex' | 'base64',
): boolean {
  if (signature === undefined || key.length === 0) return false;
  const given = encoding === 'hex' ? decodeHex(signature) : decodeBase64(signature);
  if (given?.length !== DIGEST_BYTES) return false;
  const digest = createHmac('sha256', key);
  for (const part of signed) digest.update(part);
  return timingSafeEqual(digest.digest(), given);
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

/** A header that was sent once. */
function header(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined || typeof value === 'string') return value;
  return value.length === 1 ? value[0] : undefined;
}
