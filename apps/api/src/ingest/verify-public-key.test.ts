import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import { verifySignature } from './verify-signature.ts';

const NOW_SECONDS = 1_700_000_000;
const BODY = Buffer.from('{"type":"order.paid"}');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const SECRET = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`;

function signature(text: string, key = privateKey): string {
  return `v1a,${sign(null, Buffer.from(text), key).toString('base64')}`;
}
const GOOD = signature(`msg_1.${NOW_SECONDS}.${BODY.toString()}`);

function check(value: string, secret = SECRET, seconds = NOW_SECONDS): void {
  verifySignature(
    { scheme: 'standard-webhooks', secret },
    {
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(seconds),
        'webhook-signature': value,
      },
      body: BODY,
      nowMs: NOW_SECONDS * 1000,
    },
  );
}

describe('a Standard Webhooks source with a public key', () => {
  test('accepts what the private key has signed, among other signatures', () => {
    expect(() => check(GOOD)).not.toThrow();
    expect(() => check(`v1,${randomBytes(32).toString('base64')} ${GOOD}`)).not.toThrow();
  });

  test.each([
    ['another body', signature(`msg_1.${NOW_SECONDS}.{}`), SECRET],
    [
      'another key',
      signature(
        `msg_1.${NOW_SECONDS}.${BODY.toString()}`,
        generateKeyPairSync('ed25519').privateKey,
      ),
      SECRET,
    ],
    ['a signature of another version', GOOD.replace('v1a,', 'v1,'), SECRET],
    ['a signature that was cut', GOOD.slice(0, -4), SECRET],
    ['a public key that is too short', GOOD, 'whpk_AAAA'],
    ['a public key that is not base64', GOOD, 'whpk_!'],
  ])('refuses %s', (_name, value, secret) => {
    expect(() => check(value, secret)).toThrow(GatewayError);
  });

  test('looks at ten signatures and not at more', () => {
    const other = signature('another text');
    const after = (count: number) => [...Array<string>(count).fill(other), GOOD].join(' ');
    expect(() => check(after(9))).not.toThrow();
    expect(() => check(after(10))).toThrow(GatewayError);
  });

  test('refuses a signature that is too old', () => {
    const seconds = NOW_SECONDS - 301;
    const old = signature(`msg_1.${seconds}.${BODY.toString()}`);
    expect(() => check(old, SECRET, seconds)).toThrow(GatewayError);
  });
});
